package io.flywatch.runner.step;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Follows the {@code _id} of documents through a pipeline, as far as its stages show it. */
final class Ids {
    private static final BsonString ID = new BsonString("_id");

    private Ids() {}

    /** Whether documents may come out without an {@code _id}: the server gives them a new one each time they are written. */
    static boolean mayLack(List<BsonDocument> pipeline) {
        boolean mayLack = false;
        for (BsonDocument stage : pipeline) {
            for (String name : stage.keySet()) {
                mayLack = mayLackAfter(name, stage.get(name), mayLack);
            }
        }
        return mayLack;
    }

    private static boolean mayLackAfter(String stage, BsonValue what, boolean before) {
        return switch (stage) {
            case "$group", "$bucket", "$bucketAuto", "$sortByCount" -> false;
            case "$replaceRoot" -> !gives(what.isDocument() ? what.asDocument().get("newRoot") : null);
            case "$replaceWith" -> !gives(what);
            case "$facet" -> true;
            case "$project" -> before && !gives(what) || removes(what);
            case "$set", "$addFields" -> before && !gives(what);
            case "$unset" ->
                before || what.equals(ID) || what.isArray() && what.asArray().contains(ID);
            default -> before;
        };
    }

    private static boolean gives(@Nullable BsonValue document) {
        return document != null
                && document.isDocument()
                && document.asDocument().containsKey("_id")
                && !removes(document);
    }

    private static boolean removes(BsonValue document) {
        BsonValue id = document.isDocument() ? document.asDocument().get("_id") : null;
        return id != null
                && (id.isNumber() && id.asNumber().doubleValue() == 0
                        || id.isBoolean() && !id.asBoolean().getValue());
    }
}
