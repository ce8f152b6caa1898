package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Whether a collection takes documents with a mark: its validator may allow none but certain fields, and would refuse each of them. The
 * server itself is asked, with a document that is right as it stands.
 */
final class MarkFitness {
    private static final int SOME = 100;

    private MarkFitness() {}

    /** Throws before anything is changed, if not. */
    static void check(MongoDatabase database, StepKey key) {
        String name = key.step().collection();
        BsonDocument there = database.listCollections(BsonDocument.class)
                .filter(new BsonDocument("name", new BsonString(name)))
                .first();
        BsonDocument options = there == null ? new BsonDocument() : there.getDocument("options", new BsonDocument());
        if (isEnforced(options)
                && database.getCollection(name, BsonDocument.class)
                                .aggregate(refused(options.getDocument("validator")))
                                .first()
                        != null) {
            throw new RunFailure(
                    FailureType.REFUSED,
                    "%s: the validator of %s takes no field %s, which each document carries while its batch is at work, as this server has no transactions. Allow the field, or let setValidator steps take the validator away before and bring it back after, or make the server a replica set; one member will do."
                            .formatted(key.told(), name, Books.MARK));
        }
    }

    static boolean isEnforced(BsonDocument options) {
        return options.isDocument("validator")
                && !options.getDocument("validator").isEmpty()
                && !word(options, "validationLevel").equals("off")
                && !word(options, "validationAction").equals("warn");
    }

    private static String word(BsonDocument options, String name) {
        return options.getString(name, new BsonString("")).getValue();
    }

    /** Finds a document that is right, and with a mark is not. */
    static List<BsonDocument> refused(BsonDocument validator) {
        BsonDocument mark = new BsonDocument(Books.MARK, new BsonString("mark"));
        return List.of(
                new BsonDocument("$limit", new BsonInt32(SOME)),
                new BsonDocument("$match", validator),
                new BsonDocument("$limit", new BsonInt32(1)),
                new BsonDocument("$addFields", mark),
                new BsonDocument("$match", new BsonDocument("$nor", new BsonArray(List.of(validator)))));
    }
}
