package io.flywatch.runner.step;

import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Sets what documents of a collection must look like from now on.
 *
 * @param validator a filter, e.g. with {@code $jsonSchema}; empty for none
 */
public record SetValidator(String name, String collection, BsonDocument validator, Level level, Reaction reaction)
        implements Step {

    /** Which writes are checked. */
    public enum Level {
        OFF,
        STRICT,
        MODERATE
    }

    /** What happens to a document that is not valid. */
    public enum Reaction {
        ERROR,
        WARN
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("setValidator", new BsonString(collection))
                .append("validator", validator)
                .append("level", word(level))
                .append("action", word(reaction));
    }

    private static BsonString word(Enum<?> value) {
        return new BsonString(value.name().toLowerCase(Locale.ROOT));
    }
}
