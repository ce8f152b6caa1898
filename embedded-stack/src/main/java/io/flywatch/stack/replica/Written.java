package io.flywatch.stack.replica;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The answer to a command that writes, gathered statement by statement. */
final class Written {
    private final BsonArray errors = new BsonArray();
    private final BsonArray upserted = new BsonArray();
    private final boolean isUpdate;
    private int matched;
    private int modified;

    Written(boolean isUpdate) {
        this.isUpdate = isUpdate;
    }

    void changed(int matched, int modified) {
        this.matched += matched;
        this.modified += modified;
    }

    void failed(int index, int code, String message) {
        errors.add(new BsonDocument("index", new BsonInt32(index))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString(message)));
    }

    /** Takes over what the server behind answers to one statement. */
    void add(int index, BsonDocument answer) {
        if (answer.getNumber("ok").intValue() != 1) {
            failed(
                    index,
                    answer.getNumber("code", new BsonInt32(2)).intValue(),
                    answer.getString("errmsg", new BsonString("")).getValue());
            return;
        }
        changed(
                answer.getNumber("n", new BsonInt32(0)).intValue(),
                answer.getNumber("nModified", new BsonInt32(0)).intValue());
        for (BsonValue error : answer.getArray("writeErrors", new BsonArray())) {
            errors.add(error.asDocument().append("index", new BsonInt32(index)));
        }
        for (BsonValue one : answer.getArray("upserted", new BsonArray())) {
            upserted.add(one.asDocument().append("index", new BsonInt32(index)));
        }
    }

    boolean hasFailed() {
        return !errors.isEmpty();
    }

    static List<BsonValue> upsertedIds(BsonDocument answer) {
        return answer.getArray("upserted", new BsonArray()).stream()
                .map(it -> it.asDocument().get("_id"))
                .toList();
    }

    BsonDocument answer() {
        BsonDocument answer = new BsonDocument("n", new BsonInt32(matched));
        if (isUpdate) {
            answer.append("nModified", new BsonInt32(modified));
        }
        if (!upserted.isEmpty()) {
            answer.append("upserted", upserted);
        }
        if (!errors.isEmpty()) {
            answer.append("writeErrors", errors);
        }
        return answer.append("ok", new BsonDouble(1));
    }
}
