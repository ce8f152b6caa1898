package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Rows go in and out as JSON, many in one statement: PostgreSQL's {@code jsonb_to_recordset} makes rows of what is
 * written, and {@code to_jsonb} makes JSON of what is read. What is written without an answer goes to PostgreSQL together with the next
 * statement that has one, in the order in which it was written: the way there and back is what costs most.
 */
public final class Sql {

    private final Connection connection;
    private final ObjectMapper json;
    private final ObjectMapper rows;
    private final List<String> unsent = new ArrayList<>();
    private final List<@Nullable Object> unsentParameters = new ArrayList<>();

    Sql(Connection connection, ObjectMapper json, ObjectMapper rows) {
        this.connection = connection;
        this.json = json;
        this.rows = rows;
    }

    /** Reads and writes the fields of a row: columns are named in snake_case. */
    static ObjectMapper rows(ObjectMapper json) {
        return json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    /** Writes rows: the statement's only parameter is their JSON. */
    void write(String sql, Collection<?> values) {
        if (!values.isEmpty()) {
            later(sql, text(rows, values));
        }
    }

    /** Writes, at the latest before anything is read and before the transaction ends. */
    void later(String sql, @Nullable Object... parameters) {
        unsent.add(sql.strip());
        unsentParameters.addAll(Arrays.asList(parameters));
    }

    /** Sends what is not sent yet. */
    void flush() {
        if (!unsent.isEmpty()) {
            String last = unsent.removeLast();
            execute(last, statement -> 0);
        }
    }

    /** Writes; how many rows. */
    int update(String sql, @Nullable Object... parameters) {
        return execute(sql, Statement::getUpdateCount, parameters);
    }

    private interface Reading<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Executes a statement after those that are not sent yet, all in one go, and reads what the last one answers. */
    private <T> T execute(String sql, Reading<T> reading, @Nullable Object... parameters) {
        int before = unsent.size();
        unsent.add(sql.strip());
        unsentParameters.addAll(Arrays.asList(parameters));
        String all = String.join(";\n", unsent);
        Object[] values = unsentParameters.toArray();
        unsent.clear();
        unsentParameters.clear();
        try (PreparedStatement statement = prepared(all, values)) {
            statement.execute();
            for (int i = 0; i < before; i++) {
                statement.getMoreResults();
            }
            return reading.of(statement);
        } catch (SQLException e) {
            throw new LostDatabaseException(e);
        }
    }

    /** Reads rows: the query's only column is their JSON. */
    <T> List<T> read(Class<T> type, String sql, @Nullable Object... parameters) {
        return texts(sql, parameters).stream()
                .map(row -> parse(rows, row, type))
                .toList();
    }

    /** Reads texts: the query's only column. */
    List<String> texts(String sql, @Nullable Object... parameters) {
        return execute(sql, Sql::texts, parameters);
    }

    private static List<String> texts(PreparedStatement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet found = statement.getResultSet()) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }

    /** Reads one row, if there is one. */
    <T> Optional<T> one(Class<T> type, String sql, @Nullable Object... parameters) {
        return read(type, sql, parameters).stream().findFirst();
    }

    /** Writes rows, and reads what comes back; the statement's last parameter is their JSON. */
    <T> List<T> returning(Class<T> type, String sql, String parameter, Collection<?> values) {
        return read(type, sql, parameter, text(rows, values));
    }

    /** Rows as JSON. */
    String rows(Collection<?> values) {
        return text(rows, values);
    }

    /** A value as JSON. */
    String json(Object value) {
        return text(json, value);
    }

    /** A value of JSON. */
    <T> T value(String text, Class<T> type) {
        return parse(json, text, type);
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            set(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private void set(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case UUID id -> statement.setObject(at, id);
            case Collection<?> many -> statement.setArray(at, connection.createArrayOf("text", many.toArray()));
            case Integer number -> statement.setInt(at, number);
            case Long number -> statement.setLong(at, number);
            case Boolean flag -> statement.setBoolean(at, flag);
            case null -> statement.setString(at, null);
            default -> statement.setString(at, value.toString());
        }
    }

    private static String text(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T parse(ObjectMapper mapper, String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
