package io.flywatch.runner.adapter.mongo;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** The stages of an update's pipeline under their older names: servers that can't update by a pipeline may not know the newer ones. */
final class PlainStages {
    private PlainStages() {}

    static List<BsonDocument> of(List<BsonDocument> stages) {
        return stages.stream().map(PlainStages::plain).toList();
    }

    private static BsonDocument plain(BsonDocument stage) {
        if (stage.size() != 1) {
            return stage;
        }
        BsonValue value = stage.values().iterator().next();
        return switch (stage.getFirstKey()) {
            case "$set" -> new BsonDocument("$addFields", value);
            case "$unset" -> new BsonDocument("$project", without(value));
            case "$replaceWith" -> new BsonDocument("$replaceRoot", new BsonDocument("newRoot", value));
            default -> stage;
        };
    }

    private static BsonDocument without(BsonValue fields) {
        BsonDocument without = new BsonDocument();
        List<BsonValue> names = fields.isArray() ? fields.asArray().getValues() : List.of(fields);
        names.forEach(it -> without.append(it.asString().getValue(), new BsonInt32(0)));
        return without;
    }
}
