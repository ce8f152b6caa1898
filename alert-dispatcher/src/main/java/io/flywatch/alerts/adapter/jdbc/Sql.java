package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Rows go in and out as JSON, many in one statement: PostgreSQL's {@code jsonb_to_recordset} makes rows of what is
 * written, and {@code to_jsonb} makes JSON of what is read.
 */
public final class Sql {

    private final Connection connection;
    private final ObjectMapper json;
    private final ObjectMapper rows;

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
    int write(String sql, Collection<?> values) {
        return values.isEmpty() ? 0 : update(sql, text(rows, values));
    }

    /** Writes. */
    int update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
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
        try (PreparedStatement statement = prepared(sql, parameters);
                ResultSet found = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new LostDatabaseException(e);
        }
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
