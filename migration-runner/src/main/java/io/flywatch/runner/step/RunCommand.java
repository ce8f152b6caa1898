package io.flywatch.runner.step;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Any command of the server, once.
 *
 * @param admin whether it goes to the database {@code admin}, instead of the migrated one
 * @param repeatable whether it may be sent again when it is not known whether it took effect
 */
public record RunCommand(String name, BsonDocument command, boolean admin, boolean repeatable) implements Step {

    @Override
    public String collection() {
        BsonValue first = command.isEmpty() ? null : command.values().iterator().next();
        return first != null && first.isString() ? first.asString().getValue() : name;
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("runCommand", command).append("admin", BsonBoolean.valueOf(admin));
    }
}
