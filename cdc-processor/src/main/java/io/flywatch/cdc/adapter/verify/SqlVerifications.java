package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.Verification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifications in {@code flywatch_verifications} and {@code flywatch_mismatches} of a SQL target. Safe for several threads. */
public final class SqlVerifications implements VerificationStore, AutoCloseable {
    private static final char BETWEEN = '\u0001';

    /** A key that is there is of this class of SQL states. */
    private static final String TAKEN = "23";

    private final DbSession session;
    private final VerificationTables tables;
    private boolean made;

    /** In the database of this URL. */
    public SqlVerifications(String url, @Nullable String user, @Nullable String password) {
        this.session = new DbSession(url, user, password, true);
        this.tables = url.startsWith("jdbc:postgresql:") ? VerificationTables.POSTGRESQL : VerificationTables.MYSQL;
    }

    private synchronized <T> T run(DbSession.Work<T> work) {
        return session.run(connection -> {
            if (!made) {
                tables.make(connection);
                made = true;
            }
            return work.with(connection);
        });
    }

    private int update(String sql, Object... parameters) {
        return run(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    private PreparedStatement prepared(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(
                    i + 1, parameters[i] instanceof Instant time ? tables.time(time) : String.valueOf(parameters[i]));
        }
        return statement;
    }

    private interface Line<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> select(String sql, Line<T> line, Object... parameters) {
        return run(connection -> {
            List<T> all = new ArrayList<>();
            try (PreparedStatement statement = prepared(connection, sql, parameters);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    all.add(line.read(row));
                }
            }
            return all;
        });
    }

    @Override
    public boolean create(Verification fresh) {
        return run(connection -> {
            try (PreparedStatement statement = prepared(
                    connection,
                    "insert into flywatch_verifications values (?, ?, 0, ?, 'RUN', true, false, ?, ?)",
                    fresh.id(),
                    fresh.migrationId(),
                    Instant.EPOCH,
                    fresh.requestedAt(),
                    VerificationJson.write(fresh))) {
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (e.getSQLState() == null || !e.getSQLState().startsWith(TAKEN)) {
                    throw e;
                }
                connection.rollback();
                return false;
            }
        });
    }

    /** Found first and taken then, if it still is to be had: not every database gives back what an update has changed. */
    @Override
    public Optional<Claim> claim(String pipeline, Instant now, Duration lease) {
        return run(connection -> {
            Optional<String> id = first(
                    connection,
                    "select id from flywatch_verifications where pipeline = ? and open and wish <> 'PAUSE' and lease_until <= ?"
                            + " order by requested_at limit 1",
                    row -> row.getString(1),
                    pipeline,
                    now);
            if (id.isEmpty()
                    || !changed(
                            connection,
                            "update flywatch_verifications set epoch = epoch + 1, lease_until = ? where id = ? and open"
                                    + " and wish <> 'PAUSE' and lease_until <= ?",
                            now.plus(lease),
                            id.get(),
                            now)) {
                return Optional.empty();
            }
            return first(
                    connection,
                    "select state, wish, outdated, epoch from flywatch_verifications where id = ?",
                    row -> new Claim(kept(row), row.getLong(4)),
                    id.get());
        });
    }

    private boolean changed(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate() == 1;
        }
    }

    private <T> Optional<T> first(Connection connection, String sql, Line<T> line, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(line.read(row)) : Optional.empty();
        }
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(VerificationJson.read(row.getString(1)), Wish.valueOf(row.getString(2)), row.getBoolean(3));
    }

    @Override
    public Optional<Wish> save(Verification verification, long epoch, Instant leaseUntil, boolean open) {
        return run(connection -> changed(
                        connection,
                        "update flywatch_verifications set state = ?, lease_until = ?, open = " + open
                                + " where id = ? and epoch = ?",
                        VerificationJson.write(verification),
                        leaseUntil,
                        verification.id(),
                        epoch)
                ? first(
                        connection,
                        "select wish from flywatch_verifications where id = ?",
                        row -> Wish.valueOf(row.getString(1)),
                        verification.id())
                : Optional.empty());
    }

    @Override
    public List<Kept> list(String pipeline, int most) {
        return select(
                "select state, wish, outdated from flywatch_verifications where pipeline = ? order by requested_at desc limit "
                        + most,
                SqlVerifications::kept,
                pipeline);
    }

    @Override
    public Optional<Kept> get(String pipeline, String id) {
        return select(
                        "select state, wish, outdated from flywatch_verifications where pipeline = ? and id = ?",
                        SqlVerifications::kept,
                        pipeline,
                        id)
                .stream()
                .findFirst();
    }

    @Override
    public boolean wish(String pipeline, String id, Wish wish) {
        return update(
                        "update flywatch_verifications set wish = ?, lease_until = ? where pipeline = ? and id = ? and open",
                        wish,
                        Instant.EPOCH,
                        pipeline,
                        id)
                == 1;
    }

    @Override
    public boolean outdate(String pipeline, String id) {
        return update(
                        "update flywatch_verifications set outdated = true where pipeline = ? and id = ? and not outdated",
                        pipeline,
                        id)
                == 1;
    }

    private String cursor(String id, String table, RowKey key) {
        return tables.cursor(id + BETWEEN + table + BETWEEN + key.text());
    }

    @Override
    public void found(String id, String table, List<Mismatch> mismatches, Instant now) {
        mismatches.forEach(mismatch -> update(
                "insert into flywatch_mismatches values (?, ?, ?, ?, ?, ?, ?)" + tables.replacing(),
                cursor(id, table, mismatch.key()),
                id,
                table,
                mismatch.kind(),
                PgArrays.write(mismatch.key().parts()),
                PgArrays.write(mismatch.columns()),
                now));
    }

    @Override
    public void mended(String id, String table, List<Mismatch> mismatches) {
        mismatches.forEach(mismatch -> update(
                "delete from flywatch_mismatches where " + tables.place() + " = ?", cursor(id, table, mismatch.key())));
    }

    @Override
    public List<FoundMismatch> mismatches(
            String id, @Nullable String table, @Nullable Kind kind, @Nullable String after, int most) {
        return select(
                "select table_name, key_parts, kind, columns, " + tables.millis("found_at") + ", " + tables.place()
                        + " from flywatch_mismatches"
                        + " where verification = ? and (? = '' or table_name = ?) and (? = '' or kind = ?)"
                        + " and " + tables.ordered() + " > ? order by " + tables.ordered() + " limit " + most,
                row -> new FoundMismatch(
                        row.getString(1),
                        new Mismatch(
                                new RowKey(PgArrays.texts(row.getString(2))),
                                Kind.valueOf(row.getString(3)),
                                PgArrays.texts(row.getString(4))),
                        Instant.ofEpochMilli(row.getBigDecimal(5).longValue()),
                        row.getString(6)),
                id,
                table == null ? "" : table,
                table == null ? "" : table,
                kind == null ? "" : kind,
                kind == null ? "" : kind,
                after == null ? "" : after);
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
