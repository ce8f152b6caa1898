package io.flywatch.system.faults.routes;

import io.flywatch.system.stand.Contents;
import io.flywatch.system.stand.StandTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * A table whose rows become elements of an array.
 *
 * @param array the field of the parents' documents
 * @param by the foreign key, which is named as the key that it holds
 * @param order the rest of the table's key
 */
record EmbeddedTable(String schema, String table, String parent, String array, String by, String order) {

    /** As the migration's file has it. */
    String mapping() {
        return "%s.%s: { embed: { into: %s.%s, as: %s, by: %s } }".formatted(schema, table, schema, parent, array, by);
    }

    /** Where its rows are kept for themselves. */
    String collection() {
        return "flywatch_embedded_" + table;
    }

    /** Documents whose array is not what the source's rows say, element by element. */
    List<String> differences(Connection source, StandTarget target, List<String> columns) throws SQLException {
        List<String> shown =
                columns.stream().filter(column -> !column.equals(by)).toList();
        Map<String, List<String>> should = rows(source, shown);
        List<String> wrong = new ArrayList<>();
        StandTarget.Mongo documents = (StandTarget.Mongo) target;
        for (Document document : documents
                .client()
                .getDatabase(StandTarget.DATABASE)
                .getCollection(parent)
                .find()) {
            String id = Contents.text(document.get("_id"));
            List<String> is = document.getList(array, Document.class, List.of()).stream()
                    .map(row -> shown.stream()
                            .map(column -> Contents.text(row.get(column)))
                            .collect(Collectors.joining("|")))
                    .toList();
            if (!is.equals(should.getOrDefault(id, List.of()))) {
                wrong.add("%s %s has the %s %s instead of %s"
                        .formatted(parent, id, array, is, should.getOrDefault(id, List.of())));
            }
        }
        return wrong.size() > 3 ? List.of(wrong.size() + " documents have wrong " + array, wrong.getFirst()) : wrong;
    }

    private Map<String, List<String>> rows(Connection source, List<String> shown) throws SQLException {
        UnaryOperator<String> quoted = Contents.quoting(source);
        Map<String, List<String>> rows = new HashMap<>();
        String sql = "select " + quoted.apply(by) + ", "
                + shown.stream().map(quoted).collect(Collectors.joining(", ")) + " from " + quoted.apply(table)
                + " order by " + quoted.apply(order);
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < shown.size(); i++) {
                    values.add(Contents.text(row.getObject(i + 2)));
                }
                rows.computeIfAbsent(Contents.text(row.getObject(1)), id -> new ArrayList<>())
                        .add(String.join("|", values));
            }
        }
        return rows;
    }
}
