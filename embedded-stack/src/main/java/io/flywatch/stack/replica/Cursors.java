package io.flywatch.stack.replica;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Results that a client takes in several batches. They are whole from the start, so what comes later doesn't change them. */
final class Cursors {
    private static final int FIRST_BATCH = 101;
    private static final int CURSOR_NOT_FOUND = 43;
    private static final int LARGEST_BATCH = 16 * 1024 * 1024;

    private final Map<Long, Open> open = new HashMap<>();
    private long last;

    /** Only the session and the transaction that opened a cursor may go on with it. */
    private record Open(
            String namespace,
            List<BsonValue> documents,
            @Nullable BsonDocument session,
            @Nullable Long number) {}

    BsonDocument first(Command command, String namespace, List<BsonValue> documents) {
        BsonDocument options =
                command.body().containsKey("cursor") ? command.body().getDocument("cursor") : command.body();
        int size = options.getNumber("batchSize", new BsonInt32(FIRST_BATCH)).intValue();
        boolean single = command.body()
                .getBoolean("singleBatch", org.bson.BsonBoolean.FALSE)
                .getValue();
        Open cursor = new Open(namespace, documents, command.session(), transaction(command));
        return single ? answer(cursor, 0, size, 0, "firstBatch") : next(++last, cursor, size, "firstBatch");
    }

    BsonDocument more(Command command) {
        long id = command.body().getInt64("getMore").getValue();
        Open cursor = open.remove(id);
        if (cursor == null) {
            throw new Refusal(CURSOR_NOT_FOUND, "cursor id " + id + " not found");
        }
        if (!Objects.equals(cursor.session(), command.session())
                || !Objects.equals(cursor.number(), transaction(command))) {
            open.put(id, cursor);
            throw new Refusal(
                    Refusal.WRONG_CURSOR,
                    "Cannot run getMore on cursor " + id + ", which was created in another session");
        }
        int size = command.body()
                .getNumber("batchSize", new BsonInt32(Integer.MAX_VALUE))
                .intValue();
        return next(id, cursor, size, "nextBatch");
    }

    private static @Nullable Long transaction(Command command) {
        return command.isInTransaction() ? command.number() : null;
    }

    void kill(BsonArray ids) {
        ids.forEach(it -> open.remove(it.asInt64().getValue()));
    }

    private BsonDocument next(long id, Open cursor, int size, String field) {
        int end = Math.min(cursor.documents().size(), Math.min(size, fitting(cursor.documents())));
        boolean more = end < cursor.documents().size();
        if (more) {
            List<BsonValue> rest =
                    cursor.documents().subList(end, cursor.documents().size());
            open.put(id, new Open(cursor.namespace(), rest, cursor.session(), cursor.number()));
        }
        return answer(cursor, more ? id : 0, end, 0, field);
    }

    /** How many fit into one answer, roughly. */
    private static int fitting(List<BsonValue> documents) {
        long bytes = 0;
        int count = 0;
        for (BsonValue document : documents) {
            bytes += Sizes.of(document.asDocument());
            if (bytes > LARGEST_BATCH && count > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    private static BsonDocument answer(Open cursor, long id, int end, int from, String field) {
        BsonArray batch = new BsonArray(
                cursor.documents().subList(from, Math.min(cursor.documents().size(), end)));
        BsonDocument told = new BsonDocument(field, batch)
                .append("id", new BsonInt64(id))
                .append("ns", new BsonString(cursor.namespace()));
        return new BsonDocument("cursor", told).append("ok", new BsonDouble(1));
    }
}
