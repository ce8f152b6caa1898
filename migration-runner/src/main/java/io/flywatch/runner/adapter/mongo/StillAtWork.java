package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What was sent to a server before its line was lost. The server goes on with a change although nobody waits for its answer any more
 * (only reads end with their client, SERVER-39150): one that comes late, after the marks of its batch are removed, would change
 * documents once more. So whoever goes on lets it come to its end.
 *
 * @param operations which ones of ours are at work on a collection at this moment
 */
record StillAtWork(Supplier<Set<BsonValue>> operations) {

    /** Asks a server; one that doesn't tell has none. */
    static StillAtWork on(MongoDatabase admin, String namespace) {
        BsonDocument ours = new BsonDocument("currentOp", new BsonInt32(1))
                .append("$ownOps", BsonBoolean.TRUE)
                .append("ns", new BsonString(namespace))
                .append("appName", new BsonString(MongoTargets.NAME));
        return new StillAtWork(() -> {
            try {
                return ids(admin.runCommand(ours, BsonDocument.class));
            } catch (MongoException e) {
                if (Trouble.isPassing(e)) {
                    throw e;
                }
                return Set.of();
            }
        });
    }

    static Set<BsonValue> ids(BsonDocument answer) {
        Set<BsonValue> ids = new HashSet<>();
        answer.getArray("inprog", new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .filter(it -> it.containsKey("opid"))
                .forEach(it -> ids.add(it.get("opid")));
        return ids;
    }

    /**
     * Returns when all that are at work now have ended; what begins later is not waited for.
     *
     * @param pause how long to wait before looking again
     */
    void await(Runnable pause) {
        Set<BsonValue> left = new HashSet<>(operations.get());
        while (!left.isEmpty()) {
            pause.run();
            left.retainAll(operations.get());
        }
    }
}
