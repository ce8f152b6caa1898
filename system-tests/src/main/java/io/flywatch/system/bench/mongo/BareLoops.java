package io.flywatch.system.bench.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The same batches as a run's, sent by nothing but the driver.
 *
 * @param things what is changed
 * @param books where a loop that could be resumed keeps what it needs for that
 */
record BareLoops(MongoClient client, MongoCollection<Document> things, MongoCollection<Document> books, int batch) {
    private static final String MARK = "mark";
    private static final Bson CHANGE = Updates.inc("n", 1);
    private static final TransactionOptions TRANSACTION = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    /** Cares for nothing: killed and begun again it would change documents twice. */
    Duration careless() {
        long since = System.nanoTime();
        Object last = null;
        for (List<Object> ids = next(null, null); !ids.isEmpty(); ids = next(last, null)) {
            things.updateMany(range(last, ids), CHANGE);
            last = ids.getLast();
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Could be resumed, and would change each document once: batch and checkpoint are one transaction. */
    Duration inTransactions() {
        books.drop();
        books.insertOne(new Document("_id", "checkpoint"));
        long since = System.nanoTime();
        Object last = null;
        try (ClientSession session = client.startSession()) {
            do {
                Object after = last;
                last = session.withTransaction(() -> transaction(session, after), TRANSACTION);
            } while (last != null);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private @Nullable Object transaction(ClientSession session, @Nullable Object last) {
        List<Object> ids = next(last, session);
        if (ids.isEmpty()) {
            return null;
        }
        things.updateMany(session, range(last, ids), CHANGE);
        books.insertOne(session, new Document("ids", ids));
        books.updateOne(session, Filters.eq("checkpoint"), Updates.set("last", ids.getLast()));
        return ids.getLast();
    }

    /** The same without transactions: what was changed is marked in the same go, and unmarked when the checkpoint has moved. */
    Duration withMarks() {
        books.drop();
        books.insertOne(new Document("_id", "checkpoint"));
        long since = System.nanoTime();
        Object last = null;
        int number = 0;
        for (List<Object> ids = next(null, null); !ids.isEmpty(); ids = next(last, null)) {
            String mark = "batch " + number++;
            Bson range = range(last, ids);
            books.insertOne(new Document("_id", mark).append("ids", ids));
            things.updateMany(
                    Filters.and(range, Filters.ne(MARK, mark)), Updates.combine(CHANGE, Updates.set(MARK, mark)));
            List<Object> changed = things.find(Filters.and(range, Filters.eq(MARK, mark)))
                    .projection(Projections.include("_id"))
                    .map(it -> it.get("_id"))
                    .into(new ArrayList<>());
            books.updateOne(Filters.eq(mark), Updates.set("ids", changed));
            books.updateOne(Filters.eq("checkpoint"), Updates.set("last", ids.getLast()));
            things.updateMany(Filters.and(range, Filters.eq(MARK, mark)), Updates.unset(MARK));
            last = ids.getLast();
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private List<Object> next(@Nullable Object last, @Nullable ClientSession session) {
        Bson rest = last == null ? Filters.empty() : Filters.gt("_id", last);
        return (session == null ? things.find(rest) : things.find(session, rest))
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .limit(batch)
                .batchSize(batch + 1)
                .map(it -> it.get("_id"))
                .into(new ArrayList<>());
    }

    private static Bson range(@Nullable Object last, List<Object> ids) {
        Bson upto = Filters.lte("_id", ids.getLast());
        return last == null ? upto : Filters.and(Filters.gt("_id", last), upto);
    }
}
