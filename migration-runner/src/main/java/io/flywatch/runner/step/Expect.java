package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * A check: how many documents match a filter at this point. Stands before what relies on it, or after what should have brought it
 * about.
 *
 * @param least so many at least
 * @param most so many at most
 */
public record Expect(String name, String collection, BsonDocument filter, long least, long most) implements Step {

    /** Stands for no bound above. */
    public static final long ANY = Long.MAX_VALUE;

    /** Whether it is as it should be if so many are found. */
    public boolean holds(long found) {
        return found >= least && found <= most;
    }

    /** For a person: what it expects. */
    public String expected() {
        if (most == 0) {
            return "no document";
        }
        if (least == most) {
            return "exactly " + least;
        }
        return most == ANY ? "at least " + least : "from " + least + " to " + most;
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("expect", new BsonString(collection))
                .append("filter", filter)
                .append("least", new BsonInt64(least))
                .append("most", new BsonInt64(most));
    }
}
