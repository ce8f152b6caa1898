package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a command that writes.
 *
 * @param field the field of the command in which it stands
 * @param body the document of an insert, else the statement
 */
record Statement(int index, String field, BsonDocument body) {
    static final String DOCUMENTS = "documents";
    static final String UPDATES = "updates";
    static final String DELETES = "deletes";

    static List<Statement> of(Command command) {
        String field = switch (command.name()) {
            case "insert" -> DOCUMENTS;
            case "update" -> UPDATES;
            default -> DELETES;
        };
        List<Statement> all = new ArrayList<>();
        for (BsonValue body : command.body().getArray(field)) {
            all.add(new Statement(all.size(), field, body.asDocument()));
        }
        return all;
    }

    boolean isInsert() {
        return field.equals(DOCUMENTS);
    }

    boolean isPipeline() {
        return field.equals(UPDATES) && body.isArray("u");
    }

    /** Whether it names the whole document that is to stand there. */
    boolean isReplacement() {
        return field.equals(UPDATES) && isWhole(body.get("u"));
    }

    static boolean isWhole(@Nullable BsonValue update) {
        return update != null
                && update.isDocument()
                && (update.asDocument().isEmpty()
                        || !update.asDocument().getFirstKey().startsWith("$"));
    }

    BsonDocument filter() {
        return body.getDocument("q");
    }

    boolean isUpsert() {
        return body.getBoolean("upsert", BsonBoolean.FALSE).getValue();
    }

    boolean isForMany() {
        return field.equals(UPDATES)
                ? body.getBoolean("multi", BsonBoolean.FALSE).getValue()
                : body.getNumber("limit", new BsonInt32(0)).intValue() == 0;
    }

    /** The id of the only document that it can be about, if that can be told without looking. */
    @Nullable
    BsonValue onlyId() {
        BsonValue id = isInsert() ? body.get("_id") : filter().get("_id");
        return id == null || (!isInsert() && isCondition(id)) ? null : Ids.normal(id);
    }

    private static boolean isCondition(BsonValue id) {
        return id.isRegularExpression()
                || (id.isDocument()
                        && !id.asDocument().isEmpty()
                        && id.asDocument().getFirstKey().startsWith("$"));
    }
}
