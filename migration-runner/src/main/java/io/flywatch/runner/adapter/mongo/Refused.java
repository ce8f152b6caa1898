package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What the server refused, for a person: which step, which documents, and the server's own words and code. */
final class Refused {
    private static final String NEXT = "Correct the file or the data, and start again: it goes on from here.";

    private Refused() {}

    static RunFailure step(StepKey key, MongoException e) {
        return new RunFailure(
                FailureType.REFUSED,
                "%s: %s. %s".formatted(key.told(), Trouble.told(e), NEXT),
                null,
                Trouble.serverCode(e),
                e);
    }

    /** What stood in its way is known. */
    static RunFailure step(StepKey key, String why, MongoException e) {
        return new RunFailure(
                FailureType.REFUSED,
                "%s: %s. (%s)".formatted(key.told(), why, Trouble.told(e)),
                null,
                Trouble.serverCode(e),
                e);
    }

    static RunFailure batch(StepKey key, Batch batch, MongoException e) {
        return new RunFailure(
                FailureType.REFUSED,
                "%s, at %s: %s. %s".formatted(key.told(), told(batch), Trouble.told(e), NEXT),
                range(batch),
                Trouble.serverCode(e),
                e);
    }

    private static String range(Batch batch) {
        String first = json(batch.ids().getFirst());
        String last = json(batch.ids().getLast());
        return first.equals(last) ? "_id " + first : "_id " + first + " to " + last;
    }

    private static String told(Batch batch) {
        String first = json(batch.ids().getFirst());
        String last = json(batch.ids().getLast());
        return first.equals(last)
                ? "the document with _id " + first
                : "one of %d documents with _id from %s to %s"
                        .formatted(batch.ids().size(), first, last);
    }

    /** As MongoDB's shell would write it. */
    static String json(BsonValue value) {
        String document = new BsonDocument("_", value).toJson();
        return document.substring(document.indexOf(':') + 1, document.length() - 1)
                .strip();
    }
}
