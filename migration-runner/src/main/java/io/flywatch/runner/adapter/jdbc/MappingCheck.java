package io.flywatch.runner.adapter.jdbc;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.kit.pipeline.CollectionNameCheck;
import io.flywatch.kit.pipeline.DocumentKeyCheck;
import io.flywatch.kit.pipeline.EmbeddingCheck;
import io.flywatch.kit.pipeline.NestingCheck;
import io.flywatch.kit.pipeline.TopicCheck;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Mapping;
import io.flywatch.runner.replication.Routing;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a migration's mapping fits the tables of the source: a rule for a column that is not there would hide nothing.
 *
 * @param documents whether the target has documents
 */
record MappingCheck(Connection connection, boolean mySql, boolean documents) {
    void check(ReplicationMigration migration, List<SourceTable> tables) throws SQLException {
        for (Map.Entry<String, Mapping> each : migration.target().mapping().entrySet()) {
            SourceTable table = tables.stream()
                    .filter(it -> it.name().equals(each.getKey()))
                    .findFirst()
                    .orElseThrow(() -> wrong("target.mapping names the table " + each.getKey()
                            + ", which the migration does not take. Add it to source.tables, or remove it."));
            check(table, each.getValue());
        }
        List<TableRoute> routes = tables.stream()
                .map(table -> Routing.of(migration, table.name(), table.name(), table.keyColumns()))
                .toList();
        TopicCheck.fault(routes).ifPresent(fault -> {
            throw wrong("source.tables: " + fault + ".");
        });
        embedding(routes);
        nesting(routes);
        documentKeys(routes);
    }

    /** Names that MongoDB takes for no collection. */
    void targets(ReplicationMigration migration, Map<String, String> targets) {
        if (documents) {
            List<TableRoute> routes = targets.entrySet().stream()
                    .map(each -> Routing.of(migration, each.getKey(), each.getValue(), List.of()))
                    .toList();
            CollectionNameCheck.fault(migration.target().database(), routes).ifPresent(fault -> {
                throw wrong("target: " + fault + ".");
            });
        }
    }

    /** Keys in documents, which only a MongoDB target has. */
    private void documentKeys(List<TableRoute> routes) {
        if (DocumentKeyCheck.isNeeded(routes) && !documents) {
            throw wrong(
                    "target.mapping says how keys stand in documents, which only a MongoDB target has. Remove id, or"
                            + " choose another target.");
        }
        DocumentKeyCheck.fault(routes).ifPresent(fault -> {
            throw wrong("target.mapping: " + fault + ".");
        });
    }

    /** Columns that become fields inside of documents, which only a MongoDB target has. */
    private void nesting(List<TableRoute> routes) throws SQLException {
        if (!NestingCheck.isNeeded(routes)) {
            return;
        }
        if (!documents) {
            throw wrong("target.mapping makes fields inside of documents, which only a MongoDB target has. Name columns"
                    + " without dots, or choose another target.");
        }
        for (TableRoute route : routes) {
            NestingCheck.fault(route, columns(route.source()), routes).ifPresent(fault -> {
                throw wrong("target.mapping: " + fault + ".");
            });
        }
    }

    /** Rows that are embedded, whose arrays only a MongoDB target has. */
    private void embedding(List<TableRoute> routes) throws SQLException {
        if (!EmbeddingCheck.isNeeded(routes)) {
            return;
        }
        if (!documents) {
            throw wrong(
                    "target.mapping embeds rows into arrays, which only a MongoDB target has. Remove embed, or choose"
                            + " another target.");
        }
        EmbeddingCheck.fault(routes).ifPresent(fault -> {
            throw wrong("target.mapping: " + fault + ".");
        });
        for (TableRoute route : routes) {
            Embedding embedding = route.embedding();
            if (embedding != null) {
                has(route.source(), embedding.foreignKey());
                if (columns(embedding.parent()).contains(embedding.array())) {
                    throw wrong("target.mapping embeds " + route.source() + " as " + embedding.array()
                            + ", which is a column of " + embedding.parent() + ". Give the array another name.");
                }
            }
        }
    }

    private void has(String table, List<String> wanted) throws SQLException {
        Set<String> there = columns(table);
        for (String column : wanted) {
            if (!there.contains(column)) {
                throw wrong("target.mapping embeds " + table + " by the column " + column
                        + ", which is not there. Correct its name.");
            }
        }
    }

    private void check(SourceTable table, Mapping mapping) throws SQLException {
        Set<String> columns = columns(table.name());
        for (ColumnRule rule : mapping.columns()) {
            if (!columns.contains(rule.column())) {
                throw wrong("target.mapping has a rule for the column " + rule.column() + " of " + table.name()
                        + ", which is not there. Correct its name: nothing would be done to any column.");
            }
            boolean kept = rule.action() == ColumnRule.Action.KEEP
                    || rule.action() == ColumnRule.Action.CAST
                    || rule.action() == ColumnRule.Action.HASH;
            if (!kept && table.keyColumns().contains(rule.column())) {
                throw wrong("target.mapping takes the column " + rule.column() + " away, which is of the key of "
                        + table.name()
                        + ": rows could not be told apart. Hash it, or leave it; a MongoDB target keeps it in _id alone with"
                        + " id: { columns: drop }.");
            }
        }
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        int dot = table.indexOf('.');
        String schema = table.substring(0, dot);
        DatabaseMetaData data = connection.getMetaData();
        String escape = data.getSearchStringEscape();
        try (ResultSet rows = data.getColumns(
                mySql ? schema : null,
                mySql ? null : literal(schema, escape),
                literal(table.substring(dot + 1), escape),
                null)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    /** A name as a pattern that fits no other name. */
    private static String literal(String name, String escape) {
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private static RunFailure wrong(String what) {
        return new RunFailure(FailureType.CONFIGURATION, what);
    }
}
