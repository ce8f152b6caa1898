package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.target.TargetContract;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tables and their indexes add to what every target promises. */
abstract class SqlTargetContract extends TargetContract {
    abstract SqlServer server();

    abstract Connection connect() throws SQLException;

    @Override
    protected Target target() {
        return new SqlTarget(server(), Clock.systemUTC());
    }

    @Override
    protected String document(String table, String id) {
        String found = one("select document from " + table + " where _id = '" + id + "'");
        return found == null ? "missing" : found;
    }

    @Override
    protected Row poison(long id) {
        return row(id, "longer than the twenty characters of the column", "1.00", null);
    }

    @Override
    protected @Nullable String value(String table, long id, String column) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("select " + column + " from " + table + " where id = " + id);
            return row.next() ? row.getString(1) : "missing";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Map<Long, List<@Nullable String>> rows(String table) {
        Map<Long, List<@Nullable String>> rows = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), null, table, null)
                    .next()) {
                return rows;
            }
            ResultSet result = statement.executeQuery("select id, name, amount, note from " + table);
            while (result.next()) {
                List<@Nullable String> columns = new ArrayList<>();
                for (int i = 2; i <= 4; i++) {
                    columns.add(result.getString(i));
                }
                rows.put(result.getLong(1), columns);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows that take a twentieth of a second each, in a table that is there. */
    void slowRows(Target target, long epoch, String... slowness) {
        put(row(1, "a", "1.00", null));
        applied(target, epoch, 0, 1);
        execute(slowness);
        for (int i = 0; i < 40; i++) {
            put(row(i, "b", "1.00", null));
        }
    }

    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nullable
    String one(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void followsColumnsThatAreAddedAndWidenedInMidStream() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        applied(target, epoch, 0, 1);
        Shape wider = new Shape(
                List.of("id", "name", "amount", "note", "added"),
                List.of(
                        type("INT8", -1, -1, "int64"),
                        type("VARCHAR", 60, -1, "string"),
                        type("NUMERIC", 20, 4, "string"),
                        type("TEXT", -1, -1, "string"),
                        type("TIMESTAMPTZ", 6, -1, "string")));
        put(row(2, "old shape", "1.00", null));
        changes.add(new Change.Put(
                key(3), new Row(wider, 3L, "x".repeat(60), new BigDecimal("1234567890.1234"), null, null), null));
        applied(target, epoch, 1, 2);

        assertThat(rows(table).get(3L)).containsExactly("x".repeat(60), "1234567890.1234", null);
        assertThat(rows(table)).containsOnlyKeys(1L, 2L, 3L);
    }

    @Test
    void swapsUniqueValuesWithinABatchAndRefusesWhatStandsInTheWay() {
        execute("create table " + table
                + " (id bigint primary key, name varchar(20) unique, amount decimal(12,2), note varchar(100))");
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        put(row(2, "b", "1.00", null));
        put(row(3, "c", "1.00", null));
        applied(target, epoch, 0, 1);
        put(row(1, "b", "2.00", null));
        put(row(2, "a", "2.00", null));
        applied(target, epoch, 1, 2);
        assertThat(rows(table).get(1L)).contains("b");
        assertThat(rows(table).get(2L)).contains("a");

        put(row(4, "c", "9.00", null));
        put(row(5, "e", "9.00", null));

        assertThat(target.apply(batch(epoch, 2, 3)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).containsOnlyKeys(key(4)));
        assertThat(rows(table)).containsOnlyKeys(1L, 2L, 3L);
        assertThat(rows(table).get(3L)).contains("c");
    }

    @Test
    void waitsForATableWithoutTheKey() {
        execute("create table " + table + " (id bigint, name varchar(20), amount decimal(12,2), note varchar(100))");
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));

        assertThat(target.apply(batch(epoch, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Away.class, away -> assertThat(away.reason()).contains("no unique index"));
        execute("alter table " + table + " add primary key (id)");
        put(row(1, "a", "1.00", null));
        applied(target, epoch, 0, 1);
    }

    @Test
    void tellsAnAbsentColumnOfAPartialRowFromAFaultOfTheServer() {
        execute("create table " + table
                + " (id bigint primary key, name varchar(20), amount decimal(12,2), note varchar(100) not null)");
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", io.flywatch.cdc.change.Unavailable.VALUE));
        put(row(2, "a", "1.00", "whole"));

        Outcome outcome = target.apply(batch(epoch, 0, 1));
        assertThat(outcome)
                .as("with the rows %s", rows(table))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).containsOnlyKeys(key(1)));
    }

    /** The first row of the table of all types, written to a table that the target made for it. */
    Map<String, @Nullable String> typed(int place) throws SQLException {
        Target target = target();
        long epoch = begun(target);
        Change.Put row = TypedRows.snapshot("types").get(place);
        changes.add(row);
        applied(target, epoch, 0, 1);
        Map<String, @Nullable String> columns = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table)) {
            result.next();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                String name = result.getMetaData().getColumnLabel(i);
                boolean bytes = result.getMetaData()
                        .getColumnTypeName(i)
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("blob");
                byte[] binary = bytes ? result.getBytes(i) : null;
                columns.put(
                        name,
                        binary == null
                                ? result.getString(i)
                                : java.util.HexFormat.of().formatHex(binary));
            }
        }
        return columns;
    }

    /** Lines of a column and what it holds, as in the types' table of the documentation. */
    static Map<String, @Nullable String> lines(String lines) {
        Map<String, @Nullable String> columns = new TreeMap<>();
        lines.lines().forEach(line -> {
            String[] parts = line.split(" \\| ", 2);
            columns.put(parts[0].strip(), parts[1].equals("null") ? null : parts[1].replace("~", " "));
        });
        return columns;
    }
}
