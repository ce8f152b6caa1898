package io.flywatch.stack.replica;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Write concerns, as far as a set of one member can disappoint them. */
final class Concerns {
    /** Some that the real server takes no write concern for. */
    private static final Set<String> TAKE_NONE =
            Set.of("ping", "find", "count", "distinct", "dbStats", "collStats", "listCollections");

    private Concerns() {}

    /** Refuses a command with a write concern that takes none. */
    static void check(Command command) {
        if (command.body().containsKey("writeConcern") && TAKE_NONE.contains(command.name())) {
            throw new Refusal(Refusal.INVALID_OPTIONS, "Command " + command.name() + " does not support writeConcern");
        }
    }

    /** Whether it asks for more than the primary; by itself it asks for that alone, as servers before 5.0. */
    static boolean isWaitedFor(Command command) {
        if (!command.body().isDocument("writeConcern")) {
            return false;
        }
        BsonValue members = command.body().getDocument("writeConcern").get("w");
        return members != null && (members.isString() || members.asNumber().intValue() > 1);
    }

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
