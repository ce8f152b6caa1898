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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Rows go in as {@link Rows} and come out as JSON, many in one statement. The way there and back is what costs most, so
 * nothing is sent until an answer is needed: what was written, and what was asked for and not looked at yet, goes to PostgreSQL together,
 * in the order in which it was said, and the commit goes with the last of it. Each statement sees what those before it did.
 */
public final class Sql {

    /**
     * So much may be sent behind a question, in characters. PostgreSQL answers while it is still being sent to; were both to wait until
     * the other reads, neither ever would.
     */
    private static final int MOST_BEHIND_A_QUESTION = 16_384;

    private final Connection connection;
    private final ObjectMapper json;
    private final ObjectMapper rows;
    private final List<Statement> unsent = new ArrayList<>();
    private int behindAQuestion = -1;

    Sql(Connection connection, ObjectMapper json, ObjectMapper rows) {
        this.connection = connection;
        this.json = json;
        this.rows = rows;
    }

    private record Statement(
            String text,
            List<@Nullable Object> parameters,
            @Nullable Later<?> question) {}

    private interface Reading<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** What a statement answers. It is sent when the answer is asked for, at the latest. */
    public final class Later<T> implements Supplier<T> {
        private final Reading<T> reading;
        private @Nullable T answer;

        Later(Reading<T> reading) {
            this.reading = reading;
        }

        @Override
        public T get() {
            if (answer == null) {
                flush();
            }
            return Objects.requireNonNull(answer, "the transaction has failed");
        }

        private void read(PreparedStatement statement) throws SQLException {
            answer = reading.of(statement);
        }
    }

    /** Reads the fields of a row: columns are named in snake_case. */
    static ObjectMapper rows(ObjectMapper json) {
        return json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    /** Writes rows, if there are any. */
    void write(String sql, Rows.Some written) {
        if (!written.none()) {
            later(sql, written);
        }
    }

    /** Writes, at the latest before an answer is read and before the transaction ends. */
    void later(String sql, @Nullable Object... parameters) {
        add(sql, parameters, null);
    }

    private void add(String sql, @Nullable Object[] parameters, @Nullable Later<?> question) {
        List<@Nullable Object> values = new ArrayList<>();
        String text = sql.strip();
        for (Object parameter : parameters) {
            if (parameter instanceof Rows.Some some) {
                text = text.replace("{rows}", some.source());
                values.addAll(some.parameters());
            } else {
                values.add(parameter);
            }
        }
        int size = values.stream().mapToInt(Sql::size).sum();
        if (behindAQuestion >= 0 && behindAQuestion + size > MOST_BEHIND_A_QUESTION) {
            flush();
        }
        unsent.add(new Statement(text, values, question));
        if (behindAQuestion >= 0) {
            behindAQuestion += size;
        } else if (question != null) {
            behindAQuestion = 0;
        }
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case Collection<?> many -> many.stream().mapToInt(Sql::size).sum();
            case null, default -> 16;
        };
    }

    /** Ends the transaction, together with what is not sent yet. */
    void commit() {
        later("commit");
        flush();
    }

    /** Sends what is not sent yet, all in one go, and reads the answers. */
    private void flush() {
        if (unsent.isEmpty()) {
            return;
        }
        List<Statement> sent = List.copyOf(unsent);
        unsent.clear();
        behindAQuestion = -1;
        String all = sent.stream().map(Statement::text).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(all)) {
            int at = 1;
            for (Statement each : sent) {
                for (Object parameter : each.parameters()) {
                    set(statement, at++, parameter);
                }
            }
            statement.execute();
            for (Statement each : sent) {
                if (each.question() != null) {
                    each.question().read(statement);
                }
                statement.getMoreResults();
            }
        } catch (SQLException e) {
            throw new LostDatabaseException(e);
        }
    }

    private <T> Later<T> ask(Reading<T> reading, String sql, @Nullable Object... parameters) {
        Later<T> later = new Later<>(reading);
        add(sql, parameters, later);
        return later;
    }

    /** Writes; how many rows. */
    int update(String sql, @Nullable Object... parameters) {
        return ask(PreparedStatement::getUpdateCount, sql, parameters).get();
    }

    /** Asks for rows: the query's only column is their JSON. */
    <T> Later<List<T>> ask(Class<T> type, String sql, @Nullable Object... parameters) {
        return ask(statement -> parsed(rows, texts(statement), type), sql, parameters);
    }

    /** Asks for values of JSON: the query's only column. */
    <T> Later<List<T>> askValues(Class<T> type, String sql, @Nullable Object... parameters) {
        return ask(statement -> parsed(json, texts(statement), type), sql, parameters);
    }

    /** Asks for rows, and makes something of them. */
    <T, R> Later<R> ask(Class<T> type, Function<List<T>, R> then, String sql, @Nullable Object... parameters) {
        return ask(statement -> then.apply(parsed(rows, texts(statement), type)), sql, parameters);
    }

    /** Reads rows: the query's only column is their JSON. */
    <T> List<T> read(Class<T> type, String sql, @Nullable Object... parameters) {
        return ask(type, sql, parameters).get();
    }

    private static <T> List<T> parsed(ObjectMapper mapper, List<String> texts, Class<T> type) {
        return texts.stream().map(text -> parse(mapper, text, type)).toList();
    }

    /** Reads texts: the query's only column. */
    List<String> texts(String sql, @Nullable Object... parameters) {
        return ask(Sql::texts, sql, parameters).get();
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

    /** A value as JSON. */
    String json(Object value) {
        return text(json, value);
    }

    /** A value of JSON. */
    <T> T value(String text, Class<T> type) {
        return parse(json, text, type);
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
