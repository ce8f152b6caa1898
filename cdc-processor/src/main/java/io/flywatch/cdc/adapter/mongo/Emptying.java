package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/**
 * Removes the documents of a truncated table page by page, before the transaction that writes its batch: a large collection is not
 * removed in the minute that a transaction has. Each page is removed only while the position is where the batch found it, so that a
 * replica that was overtaken removes nothing.
 *
 * @param page how many documents are removed at once
 */
record Emptying(Server server, String database, int page) {
    static final int PAGE = 5_000;

    private static final BsonDocument ID_ALONE = new BsonDocument(Documents.ID, new BsonInt32(1));

    /** Leaves less than a page, for the batch's own transaction. */
    void run(Batch batch, String collection) {
        BsonDocument guard = PositionDocuments.guarded(
                batch.id(), batch.epoch(), batch.before().offset());
        Outcome outcome = new Outcome.Applied();
        List<BsonValue> ids = next(collection);
        while (ids.size() == page && outcome instanceof Outcome.Applied) {
            BsonDocument these = new BsonDocument(Documents.ID, new BsonDocument("$in", new BsonArray(ids)));
            outcome = new Transaction(server, database).run(session -> remove(session, guard, collection, these));
            ids = next(collection);
        }
    }

    private static Outcome remove(Session session, BsonDocument guard, String collection, BsonDocument these) {
        BsonDocument touched =
                new BsonDocument("$inc", new BsonDocument(PositionDocuments.PAGES_EMPTIED, new BsonInt64(1)));
        if (session.updateOne(session.collection(MongoTarget.POSITIONS), guard, touched)
                        .getMatchedCount()
                != 1) {
            return new Outcome.Fenced("the position has moved");
        }
        session.deleteMany(session.collection(collection), these);
        return new Outcome.Applied();
    }

    private List<BsonValue> next(String collection) {
        return server.database(database)
                .getCollection(collection, BsonDocument.class)
                .find()
                .projection(ID_ALONE)
                .limit(page)
                .map(it -> it.get(Documents.ID))
                .into(new ArrayList<>());
    }
}
