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
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifications in {@code flywatch_verifications} and {@code flywatch_mismatches} of a PostgreSQL target. Safe for several threads. */
public final class PgVerifications implements VerificationStore, AutoCloseable {
    private static final String TABLES = """
            create table if not exists flywatch_verifications (id text primary key, pipeline text not null, epoch bigint not null,
              lease_until timestamptz not null, wish text not null, open boolean not null, outdated boolean not null,
              requested_at timestamptz not null, state text not null);
            create table if not exists flywatch_mismatches (cursor text primary key, verification text not null,
              table_name text not null, kind text not null, key_parts text[] not null, columns text[] not null,
              found_at timestamptz not null)""";

    private static final char BETWEEN = '\u0001';

    private final DbSession session;
    private boolean made;

    /** In the database of this URL. */
    public PgVerifications(String url, @Nullable String user, @Nullable String password) {
        this.session = new DbSession(url, user, password, true);
    }

    private synchronized <T> T run(DbSession.Work<T> work) {
        return session.run(connection -> {
            if (!made) {
                make(connection);
                made = true;
            }
            return work.with(connection);
        });
    }

    /** Two replicas that make the tables at the same time would collide. */
    private static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('flywatch_verifications'))");
            for (String table : TABLES.split(";", -1)) {
                statement.execute(table);
            }
        }
    }

    private int update(String sql, Object... parameters) {
        return run(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, String.valueOf(parameters[i]));
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
        return update(
                        "insert into flywatch_verifications values (?, ?, 0, 'epoch', 'RUN', true, false, ?, ?) on conflict do nothing",
                        fresh.id(),
                        fresh.migrationId(),
                        fresh.requestedAt(),
                        VerificationJson.write(fresh))
                == 1;
    }

    @Override
    public Optional<Claim> claim(String pipeline, Instant now, Duration lease) {
        return select(
                        "update flywatch_verifications set epoch = epoch + 1, lease_until = ? where id = (select id from"
                                + " flywatch_verifications where pipeline = ? and open and wish <> 'PAUSE' and lease_until <= ?"
                                + " order by requested_at limit 1 for update skip locked) returning state, wish, outdated, epoch",
                        row -> new Claim(kept(row), row.getLong(4)),
                        now.plus(lease),
                        pipeline,
                        now)
                .stream()
                .findFirst();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(VerificationJson.read(row.getString(1)), Wish.valueOf(row.getString(2)), row.getBoolean(3));
    }

    @Override
    public Optional<Wish> save(Verification verification, long epoch, Instant leaseUntil, boolean open) {
        return select(
                        "update flywatch_verifications set state = ?, lease_until = ?, open = ? where id = ? and epoch = ?"
                                + " returning wish",
                        row -> Wish.valueOf(row.getString(1)),
                        VerificationJson.write(verification),
                        leaseUntil,
                        open,
                        verification.id(),
                        epoch)
                .stream()
                .findFirst();
    }

    @Override
    public List<Kept> list(String pipeline, int most) {
        return select(
                "select state, wish, outdated from flywatch_verifications where pipeline = ? order by requested_at desc limit "
                        + most,
                PgVerifications::kept,
                pipeline);
    }

    @Override
    public Optional<Kept> get(String pipeline, String id) {
        return select(
                        "select state, wish, outdated from flywatch_verifications where pipeline = ? and id = ?",
                        PgVerifications::kept,
                        pipeline,
                        id)
                .stream()
                .findFirst();
    }

    @Override
    public boolean wish(String pipeline, String id, Wish wish) {
        return update(
                        "update flywatch_verifications set wish = ?, lease_until = 'epoch' where pipeline = ? and id = ? and open",
                        wish,
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

    private static String cursor(String id, String table, RowKey key) {
        return id + BETWEEN + table + BETWEEN + key.text();
    }

    @Override
    public void found(String id, String table, List<Mismatch> mismatches, Instant now) {
        mismatches.forEach(mismatch -> update(
                "insert into flywatch_mismatches values (?, ?, ?, ?, ?, ?, ?) on conflict (cursor) do update"
                        + " set kind = excluded.kind, columns = excluded.columns, found_at = excluded.found_at",
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
        mismatches.forEach(mismatch ->
                update("delete from flywatch_mismatches where cursor = ?", cursor(id, table, mismatch.key())));
    }

    @Override
    public List<FoundMismatch> mismatches(
            String id, @Nullable String table, @Nullable Kind kind, @Nullable String after, int most) {
        return select(
                "select table_name, key_parts, kind, columns, extract(epoch from found_at) * 1000, cursor from flywatch_mismatches"
                        + " where verification = ? and (? = '' or table_name = ?) and (? = '' or kind = ?)"
                        + " and cursor collate \"C\" > ? order by cursor collate \"C\" limit " + most,
                row -> new FoundMismatch(
                        row.getString(1),
                        new Mismatch(new RowKey(texts(row, 2)), Kind.valueOf(row.getString(3)), texts(row, 4)),
                        Instant.ofEpochMilli(row.getBigDecimal(5).longValue()),
                        row.getString(6)),
                id,
                table == null ? "" : table,
                table == null ? "" : table,
                kind == null ? "" : kind,
                kind == null ? "" : kind,
                after == null ? "" : after);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        List<String> texts = new ArrayList<>();
        PgArrays.read(row.getString(column), text -> text).forEach(text -> texts.add(String.valueOf(text)));
        return texts;
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
