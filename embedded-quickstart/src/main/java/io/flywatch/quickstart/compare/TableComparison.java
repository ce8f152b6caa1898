package io.flywatch.quickstart.compare;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.flywatch.quickstart.source.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Walks through a table and its collection side by side, both in the order of the key, a page at a time in memory. */
public final class TableComparison {

    private static final int PAGE = 1000;
    private static final int EXAMPLES = 3;
    private static final int LONGEST_VALUE = 60;

    private final Table table;
    private final Connection source;
    private final MongoCollection<BsonDocument> target;
    private final List<Column> columns;
    private final Set<String> fields = new HashSet<>();
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long documents;
    private long missing;
    private long extra;
    private long different;

    private TableComparison(
            Table table, Connection source, MongoCollection<BsonDocument> target, List<Column> columns) {
        this.table = table;
        this.source = source;
        this.target = target;
        this.columns = columns;
        fields.add("_id");
        columns.forEach(column -> fields.add(column.field()));
    }

    /**
     * Compares.
     *
     * @param source a connection without auto-commit, so that rows come in pages
     */
    public static TableVerdict of(Table table, Connection source, MongoCollection<BsonDocument> target)
            throws SQLException {
        return new TableComparison(table, source, target, columns(table, source)).run();
    }

    private static List<Column> columns(Table table, Connection source) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table.sqlName() + " WHERE false")) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new Column(meta.getColumnName(i), typeName(meta.getColumnTypeName(i))));
            }
        }
        return columns;
    }

    // The driver says serial where a column has a sequence.
    private static String typeName(String name) {
        return switch (name) {
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> name;
        };
    }

    private TableVerdict run() throws SQLException {
        try (Statement statement = source.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet row = statement.executeQuery(select());
                    MongoCursor<BsonDocument> documentsInOrder = target.find()
                            .sort(BsonDocument.parse("{_id: 1}"))
                            .batchSize(PAGE)
                            .iterator()) {
                walk(row, documentsInOrder);
            }
        }
        if (missing > 0 && extra > 0) {
            // Perhaps the target only sorts otherwise, as the stand-in does with some numbers.
            forget();
            walkByKey();
        }
        return new TableVerdict(table.id(), rows, documents, missing, extra, different, examples);
    }

    private String select() {
        String selected = columns.stream()
                .map(column -> column.selected(Table.quoted(column.name())))
                .collect(Collectors.joining(", "));
        String order = table.key().stream()
                .map(name -> column(name).ordered(Table.quoted(name)))
                .collect(Collectors.joining(", "));
        return "SELECT " + selected + " FROM " + table.sqlName() + " ORDER BY " + order;
    }

    private Column column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void walk(ResultSet row, MongoCursor<BsonDocument> inOrder) throws SQLException {
        @Nullable BsonDocument document = next(inOrder);
        while (row.next()) {
            rows++;
            RowKey key = key(row);
            while (document != null && key.compareTo(id(document)) > 0) {
                unexpected(document);
                document = next(inOrder);
            }
            if (document != null && key.compareTo(id(document)) == 0) {
                compare(key, row, document);
                document = next(inOrder);
            } else {
                missing++;
                example("key " + key + " is missing");
            }
        }
        while (document != null) {
            unexpected(document);
            document = next(inOrder);
        }
    }

    private void forget() {
        rows = 0;
        documents = 0;
        missing = 0;
        extra = 0;
        different = 0;
        examples.clear();
    }

    // Holds the whole collection, so it is not for the usual case.
    private void walkByKey() throws SQLException {
        List<String> keyFields =
                table.key().stream().map(name -> column(name).field()).toList();
        Map<String, BsonDocument> byKey = new LinkedHashMap<>();
        for (BsonDocument document : target.find().batchSize(PAGE)) {
            byKey.put(RowKey.text(id(document), keyFields), document);
        }
        documents = byKey.size();
        try (Statement statement = source.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet row = statement.executeQuery(select())) {
                while (row.next()) {
                    rows++;
                    RowKey key = key(row);
                    BsonDocument document = byKey.remove(key.text());
                    if (document == null) {
                        missing++;
                        example("key " + key + " is missing");
                    } else {
                        compare(key, row, document);
                    }
                }
            }
        }
        byKey.values().forEach(this::unexpected);
    }

    private @Nullable BsonDocument next(MongoCursor<BsonDocument> inOrder) {
        if (!inOrder.hasNext()) {
            return null;
        }
        documents++;
        return inOrder.next();
    }

    private static BsonValue id(BsonDocument document) {
        return document.get("_id", BsonNull.VALUE);
    }

    private RowKey key(ResultSet row) throws SQLException {
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String name : table.key()) {
            Column column = column(name);
            names.add(column.field());
            Object value = SourceValues.read(row, columns.indexOf(column) + 1, column);
            values.add(Objects.requireNonNull(value));
        }
        return new RowKey(names, values);
    }

    private void unexpected(BsonDocument document) {
        extra++;
        example("key " + shortened(id(document)) + " is at the target only");
    }

    private void compare(RowKey key, ResultSet row, BsonDocument document) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object expected = SourceValues.read(row, i + 1, column);
            BsonValue actual = document.get(column.field());
            if (!Match.matches(expected, actual)) {
                different++;
                example("key " + key + ", column " + column.name() + ": source " + shortened(expected) + ", target "
                        + (actual == null ? "has no such field" : shortened(actual)));
                return;
            }
        }
        if (document.size() > fields.size()) {
            different++;
            Set<String> surplus = new HashSet<>(document.keySet());
            surplus.removeAll(fields);
            example("key " + key + ": the target has the further fields " + surplus);
        }
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(text);
        }
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + ")";
    }
}
