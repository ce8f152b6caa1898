package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Gives a collection another name in the same database.
 *
 * @param to the new name, which is free
 */
public record RenameCollection(String name, String collection, String to) implements Step {
    @Override
    public BsonDocument content() {
        return new BsonDocument("renameCollection", new BsonString(collection)).append("to", new BsonString(to));
    }
}
