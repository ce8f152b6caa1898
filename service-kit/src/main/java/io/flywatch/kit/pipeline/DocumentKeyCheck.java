package io.flywatch.kit.pipeline;

import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;
import java.util.Optional;

/** Whether the keys of a pipeline's tables can stand in their documents as they say. */
public final class DocumentKeyCheck {

    private DocumentKeyCheck() {}

    /** Whether any table says how. */
    public static boolean isNeeded(List<TableRoute> tables) {
        return tables.stream().anyMatch(table -> table.documentKey() != null);
    }

    /** Why they can't, and what to do; empty if they can. */
    public static Optional<String> fault(List<TableRoute> tables) {
        return tables.stream().flatMap(table -> fault(table).stream()).findFirst();
    }

    private static Optional<String> fault(TableRoute table) {
        DocumentKey key = table.documentKey();
        if (key == null) {
            return Optional.empty();
        }
        int columns = table.keyColumns().size();
        if (key.form() == DocumentKey.Form.VALUE && columns > 1) {
            return Optional.of("the key of " + table.source() + " has " + columns
                    + " columns, which are no single value: an _id of less than all of them would make one document of"
                    + " several rows. Leave out id.form, or write document");
        }
        Embedding embedding = table.embedding();
        boolean hidden = embedding != null
                && !key.asFields()
                && embedding.foreignKey().stream()
                        .anyMatch(column -> table.keyColumns().contains(column));
        return hidden
                ? Optional.of(table.source() + " is embedded by a column of its key, which can't be left out of its"
                        + " documents: leave out id.columns, as an element does not show that column anyway")
                : Optional.empty();
    }
}
