package io.flywatch.stack.replica;

import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What became of one document by one statement.
 *
 * @param replaced whether the statement named all of it
 */
record Change(String namespace, Image before, Image after, boolean replaced) {
    boolean isUpdate() {
        return before.document() != null && after.document() != null && !replaced;
    }

    String operation() {
        if (before.document() == null) {
            return "insert";
        }
        if (after.document() == null) {
            return "delete";
        }
        return replaced ? "replace" : "update";
    }

    BsonValue id() {
        return Image.id(Objects.requireNonNull(before.document() == null ? after.document() : before.document()));
    }

    /** What an update did to the fields of the first level. */
    BsonDocument description() {
        BsonDocument was = Objects.requireNonNull(before.document());
        BsonDocument is = Objects.requireNonNull(after.document());
        BsonDocument updated = new BsonDocument();
        is.forEach((name, value) -> {
            if (!value.equals(was.get(name))) {
                updated.append(name, value);
            }
        });
        BsonArray removed = new BsonArray();
        was.keySet().stream().filter(it -> !is.containsKey(it)).forEach(it -> removed.add(new BsonString(it)));
        return new BsonDocument("updatedFields", updated)
                .append("removedFields", removed)
                .append("truncatedArrays", new BsonArray());
    }
}
