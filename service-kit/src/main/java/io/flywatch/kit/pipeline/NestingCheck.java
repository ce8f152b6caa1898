package io.flywatch.kit.pipeline;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether columns can become fields inside of documents, as their names with dots say. */
public final class NestingCheck {
    /** A part that is empty, an operator, or ours. */
    private static final String NO_FIELD = "|\\$.*|.*\\x00.*";

    private static final String NO_OUTER_FIELD = "_id|_flywatch";

    private NestingCheck() {}

    /** Whether any column is nested. */
    public static boolean isNeeded(List<TableRoute> tables) {
        return tables.stream().anyMatch(table -> nested(table).findAny().isPresent());
    }

    /** Why they can't, and what to do; empty if they can, as far as the rules tell. */
    public static Optional<String> fault(List<TableRoute> tables) {
        return tables.stream()
                .flatMap(table -> fault(table, List.of(), tables).stream())
                .findFirst();
    }

    /**
     * Why a table's can't, and what to do; empty if they can.
     *
     * @param columns the table's columns at the source, as far as they are known
     */
    public static Optional<String> fault(TableRoute table, Collection<String> columns, List<TableRoute> tables) {
        List<String> names = names(table, columns);
        for (ColumnRule rule : nested(table).toList()) {
            Optional<String> why = ofTheName(table, rule)
                    .or(() -> collision(String.valueOf(rule.name()), names, arrays(table, tables)));
            if (why.isPresent()) {
                return Optional.of("the column " + rule.column() + " of " + table.source() + " can't become "
                        + rule.name() + ": " + why.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofTheName(TableRoute table, ColumnRule rule) {
        List<String> parts = List.of(String.valueOf(rule.name()).split("\\.", -1));
        if (parts.stream().anyMatch(part -> part.matches(NO_FIELD))
                || parts.getFirst().matches(NO_OUTER_FIELD)) {
            return Optional.of("name fields that are not empty, begin with no dollar and are not _id or _flywatch");
        }
        if (table.keyColumns().contains(rule.column())) {
            return Optional.of("it is of the key, which is the document's _id and stays a field beside it. Give it a"
                    + " name without a dot");
        }
        Embedding embedding = table.embedding();
        return embedding != null && embedding.foreignKey().contains(rule.column())
                ? Optional.of("its table is embedded by it. Leave it: an element does not show it anyway")
                : Optional.empty();
    }

    private static Optional<String> collision(String name, List<String> names, List<String> arrays) {
        for (String other : Stream.concat(names.stream(), arrays.stream()).toList()) {
            boolean itself = other.equals(name);
            long same = names.stream().filter(name::equals).count();
            if ((itself && same > 1) || (!itself && (leadsInto(name, other) || leadsInto(other, name)))) {
                return Optional.of("there is " + other
                        + " beside it, and a field is a value or a document. Rename one of the two");
            }
        }
        return Optional.empty();
    }

    private static boolean leadsInto(String name, String outer) {
        return name.startsWith(outer + ".");
    }

    /** What the columns become. A column that has a dot in its name at the source leads nowhere. */
    private static List<String> names(TableRoute table, Collection<String> columns) {
        List<ColumnRule> rules = rules(table);
        List<String> names = new ArrayList<>();
        rules.stream()
                .filter(rule -> rule.action() != Action.DROP)
                .map(rule -> rule.name() == null ? rule.column() : rule.name())
                .forEach(names::add);
        columns.stream()
                .filter(column -> rules.stream().noneMatch(rule -> rule.column().equals(column)))
                .filter(column -> column.indexOf('.') < 0)
                .forEach(names::add);
        return names;
    }

    private static List<String> arrays(TableRoute parent, List<TableRoute> tables) {
        return tables.stream()
                .map(TableRoute::embedding)
                .filter(embedding -> embedding != null && embedding.parent().equals(parent.source()))
                .map(Embedding::array)
                .toList();
    }

    private static Stream<ColumnRule> nested(TableRoute table) {
        return rules(table).stream().filter(rule -> rule.action() != Action.DROP && isNested(rule.name()));
    }

    private static boolean isNested(@Nullable String name) {
        return name != null && name.indexOf('.') >= 0;
    }

    private static List<ColumnRule> rules(TableRoute table) {
        List<ColumnRule> rules = table.columns();
        return rules == null ? List.of() : rules;
    }
}
