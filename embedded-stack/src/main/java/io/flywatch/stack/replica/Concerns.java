package io.flywatch.stack.replica;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Write concerns, as far as a set of one member can disappoint them. */
final class Concerns {
    private Concerns() {}

    /** What was done stays done; that it is not on as many members as were asked for is told beside. */
    static BsonDocument on(Command command, BsonDocument answer) {
        if (!command.body().isDocument("writeConcern")
                || answer.getNumber("ok", new BsonInt32(0)).intValue() != 1) {
            return answer;
        }
        BsonValue members = command.body().getDocument("writeConcern").get("w");
        if (members != null && members.isNumber() && members.asNumber().intValue() > 1) {
            answer.append(
                    "writeConcernError",
                    new BsonDocument("code", new BsonInt32(Refusal.UNSATISFIABLE_WRITE_CONCERN))
                            .append("codeName", new BsonString(Refusal.name(Refusal.UNSATISFIABLE_WRITE_CONCERN)))
                            .append("errmsg", new BsonString("Not enough data-bearing nodes")));
        }
        return answer;
    }
}
