package io.flywatch.stack.replica;

import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The variable {@code $$NOW}, which the server behind doesn't know, in the {@code $expr} of filters. */
final class Clock {
    private static final BsonString NOW = new BsonString("$$NOW");
    private static final String EXPRESSION = "$expr";

    private Clock() {}

    /** The command with the time in it. */
    static BsonDocument in(BsonDocument command) {
        BsonDateTime now = new BsonDateTime(System.currentTimeMillis());
        set(command.get("filter"), now);
        for (String statements : new String[] {"updates", "deletes"}) {
            if (command.get(statements) instanceof BsonArray all) {
                all.stream()
                        .filter(BsonValue::isDocument)
                        .forEach(it -> set(it.asDocument().get("q"), now));
            }
        }
        return command;
    }

    private static void set(@Nullable BsonValue filter, BsonDateTime now) {
        if (filter instanceof BsonDocument conditions
                && conditions.get(EXPRESSION) instanceof BsonDocument expression) {
            conditions.put(EXPRESSION, with(expression, now));
        }
    }

    private static BsonDocument with(BsonDocument expression, BsonDateTime now) {
        BsonDocument with = new BsonDocument();
        expression.forEach((operator, value) -> with.put(
                operator,
                value instanceof BsonArray operands
                        ? new BsonArray(operands.stream()
                                .map(it -> it.equals(NOW) ? now : it)
                                .toList())
                        : value));
        return with;
    }
}
