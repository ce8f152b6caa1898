package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.MongoCollection;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.Exact;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Checksum;
import io.flywatch.runner.step.Insert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/**
 * Inserts documents, each once: one that is there with the same content was inserted before a runner was lost, with another content
 * it is somebody else's, and a failure.
 */
final class InsertStep {
    private static final int ID_BYTES = 12;
    private static final int PAGE = 100;

    private final Books books;
    private final StepKey key;
    private final Insert insert;
    private final Lease lease;
    private final Faults faults;

    InsertStep(Books books, StepKey key, Insert insert, Lease lease, Faults faults) {
        this.books = books;
        this.key = key;
        this.insert = insert;
        this.lease = lease;
        this.faults = faults;
    }

    /** Answers how many documents are there now. */
    long run() {
        MongoCollection<BsonDocument> collection = books.collection(insert.collection());
        List<BsonDocument> documents = withIds();
        Map<Object, BsonDocument> there = new HashMap<>();
        collection
                .find(Batch.in(documents.stream().map(it -> it.get("_id")).toList()))
                .forEach(it -> there.put(id(it), it));
        List<BsonDocument> missing = new ArrayList<>();
        for (BsonDocument document : documents) {
            BsonDocument other = there.get(id(document));
            if (other == null) {
                missing.add(document);
            } else if (!other.equals(document)) {
                throw new RunFailure(
                        FailureType.REFUSED,
                        "%s: there is another document with _id %s in %s already. Remove one of the two."
                                .formatted(
                                        key.told(),
                                        Refused.json(Objects.requireNonNull(document.get("_id"))),
                                        insert.collection()));
            }
        }
        for (List<BsonDocument> page : pages(missing)) {
            lease.check();
            insert(collection, page);
            faults.at(Faults.Point.SOME_CHANGED);
        }
        return documents.size();
    }

    private static Object id(BsonDocument document) {
        return Exact.of(Objects.requireNonNull(document.get("_id")));
    }

    private static void insert(MongoCollection<BsonDocument> collection, List<BsonDocument> page) {
        try {
            collection.insertMany(page);
        } catch (BsonMaximumSizeExceededException e) {
            throw Trouble.tooLarge(e);
        }
    }

    private static List<List<BsonDocument>> pages(List<BsonDocument> documents) {
        List<List<BsonDocument>> pages = new ArrayList<>();
        for (int from = 0; from < documents.size(); from += PAGE) {
            pages.add(documents.subList(from, Math.min(documents.size(), from + PAGE)));
        }
        return pages;
    }

    private List<BsonDocument> withIds() {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < insert.documents().size(); i++) {
            BsonDocument document = insert.documents().get(i);
            if (!document.containsKey("_id")) {
                BsonDocument first = new BsonDocument("_id", idOf(i));
                first.putAll(document);
                document = first;
            }
            documents.add(document);
        }
        return documents;
    }

    /** The same for the same place in the same migration, on whatever runner and as often as it is asked. */
    private BsonObjectId idOf(int place) {
        String hash = Checksum.of(List.of(key.id(), Integer.toString(place)));
        return new BsonObjectId(new ObjectId(HexFormat.of().parseHex(hash.substring(0, 2 * ID_BYTES))));
    }
}
