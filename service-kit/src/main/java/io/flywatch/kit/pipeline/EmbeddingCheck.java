package io.flywatch.kit.pipeline;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the tables of a pipeline can be embedded as they say. */
public final class EmbeddingCheck {

    private EmbeddingCheck() {}

    /** Whether any table is embedded. */
    public static boolean isNeeded(List<TableRoute> tables) {
        return tables.stream().anyMatch(table -> table.embedding() != null);
    }

    /** Why not, and what to do; empty if they can. */
    public static Optional<String> fault(List<TableRoute> tables) {
        Set<List<String>> arrays = new HashSet<>();
        for (TableRoute table : tables) {
            Embedding embedding = table.embedding();
            if (embedding != null) {
                Optional<String> fault = fault(table, embedding, tables);
                if (fault.isPresent()) {
                    return fault;
                }
                if (!arrays.add(List.of(embedding.parent(), embedding.array()))) {
                    return Optional.of("two tables become the array " + embedding.array() + " of " + embedding.parent()
                            + ": give each a name of its own");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(TableRoute child, Embedding embedding, List<TableRoute> tables) {
        String what = child.source() + " can't be embedded into " + embedding.parent();
        TableRoute parent = tables.stream()
                .filter(it -> it.source().equals(embedding.parent()))
                .findFirst()
                .orElse(null);
        if (parent == null) {
            return Optional.of(what + ", which the migration does not take: add it to source.tables");
        }
        if (parent.embedding() != null) {
            return Optional.of(
                    what + ", which is embedded itself: arrays within arrays are not made. Leave one of the two"
                            + " as a collection of its own");
        }
        int columns = parent.keyColumns().size();
        if (embedding.foreignKey().size() != columns) {
            return Optional.of(what + " by " + String.join(", ", embedding.foreignKey()) + ", as the key there has "
                    + columns + " columns: name as many, in the key's order");
        }
        boolean taken = rules(parent).stream()
                .anyMatch(rule -> embedding.array().equals(rule.name()) && rule.action() != Action.DROP);
        if (taken || embedding.array().isBlank() || embedding.array().matches("_id|_flywatch|\\$.*|.*[.\\x00].*")) {
            return Optional.of(
                    what + " as " + embedding.array() + ": give the array a name that no column has, without a dot"
                            + " and without a dollar at its beginning");
        }
        return rules(child, embedding, parent, what);
    }

    /** What becomes of the foreign key has to become of the key, too, or the two would never meet. */
    private static Optional<String> rules(TableRoute child, Embedding embedding, TableRoute parent, String what) {
        for (int i = 0; i < embedding.foreignKey().size(); i++) {
            ColumnRule mine = rule(child, embedding.foreignKey().get(i));
            ColumnRule theirs = rule(parent, parent.keyColumns().get(i));
            if (mine.action() == Action.DROP || mine.action() == Action.NULL || mine.action() == Action.FIXED) {
                return Optional.of(what + ", as the mapping takes its column " + mine.column()
                        + " away: leave it, an element does not show it anyway");
            }
            if (mine.action() != theirs.action() || !Objects.equals(value(mine), value(theirs))) {
                return Optional.of(what + ", as the mapping changes only one of the columns " + mine.column() + " and "
                        + theirs.column() + ": hash or cast both alike");
            }
        }
        return Optional.empty();
    }

    private static ColumnRule rule(TableRoute table, String column) {
        return rules(table).stream()
                .filter(rule -> rule.column().equals(column))
                .findFirst()
                .orElse(new ColumnRule(column, null, Action.KEEP, null));
    }

    private static List<ColumnRule> rules(TableRoute table) {
        List<ColumnRule> rules = table.columns();
        return rules == null ? List.of() : rules;
    }

    private static @Nullable String value(ColumnRule rule) {
        return rule.action() == Action.CAST ? rule.value() : null;
    }
}
