package io.flywatch.system.faults.cdc;

import io.flywatch.system.stand.Replication;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes of every kind, as fast as they go for a while and then slowly: rows that come, change, change their keys and go, large values
 * that are left as they are, transactions of many rows, truncates, and columns that are added. Each change of a row counts its version up.
 */
final class MixedLoad implements AutoCloseable {
    static final String TABLE = "rows";
    static final String EMPTIED = "notes";

    static final List<String> SCHEMA = List.of(
            "create table rows (id bigint primary key, version int not null, name text, large text, at timestamptz)",
            "create table notes (id bigint primary key, version int not null, name text)",
            "insert into rows select i, 0, 'row ' || i, null, now() from generate_series(1, 500) i",
            "insert into notes select i, 0, 'note ' || i from generate_series(1, 100) i");

    private static final int KEYS = 800;
    private static final int LARGE = 12_000;

    private final Replication replication;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile long transactions;
    private volatile @Nullable SQLException failure;

    private MixedLoad(Replication replication, long seed) {
        this.replication = replication;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().name("mixed-load").start(this::write);
    }

    static MixedLoad start(Replication replication, long seed) {
        return new MixedLoad(replication, seed);
    }

    long transactions() {
        return transactions;
    }

    private void write() {
        try (Connection connection = replication.source()) {
            connection.setAutoCommit(false);
            long done = 0;
            while (!stopped.get()) {
                for (int i = 0; i < random.nextInt(1, 4); i++) {
                    change(connection);
                }
                connection.commit();
                transactions = ++done;
                TimeUnit.MICROSECONDS.sleep(random.nextInt(200, 4_000));
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Connection connection) throws SQLException {
        int kind = random.nextInt(1_000);
        if (kind < 300) {
            run(
                    connection,
                    "insert into rows values (?, 0, 'new', null, now()) on conflict (id) do update set version = rows.version + 1",
                    key());
        } else if (kind < 600) {
            run(
                    connection,
                    "update rows set version = version + 1, name = name || '.', at = now() where id = ?",
                    key());
        } else if (kind < 720) {
            large(connection);
        } else if (kind < 800) {
            run(connection, "delete from rows where id = ?", key());
        } else if (kind < 880) {
            moveKey(connection);
        } else if (kind < 960) {
            run(
                    connection,
                    "insert into notes values (?, 0, 'note') on conflict (id) do update set version = notes.version + 1",
                    key());
        } else if (kind < 990) {
            run(connection, "update rows set version = version + 1 where id % 7 = ?", random.nextInt(7));
        } else if (kind < 997) {
            execute(connection, "truncate notes");
        } else {
            execute(
                    connection,
                    "alter table rows add column if not exists extra_" + random.nextInt(6) + " int default "
                            + random.nextInt(100));
        }
    }

    private long key() {
        return random.nextInt(1, KEYS);
    }

    /** Random text does not compress, so the source keeps it aside and does not log it again. */
    private void large(Connection connection) throws SQLException {
        StringBuilder text = new StringBuilder(LARGE);
        while (text.length() < LARGE) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        try (PreparedStatement update =
                connection.prepareStatement("update rows set version = version + 1, large = ? where id = ?")) {
            update.setString(1, text.toString());
            update.setLong(2, key());
            update.executeUpdate();
        }
    }

    private void moveKey(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update rows set id = ?, version = version + 1 where id = ? and not exists (select 1 from rows where id = ?)")) {
            long to = key();
            update.setLong(1, to);
            update.setLong(2, key());
            update.setLong(3, to);
            update.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> tables() {
        return new ArrayList<>(List.of(TABLE, EMPTIED));
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join();
        SQLException broken = failure;
        if (broken != null) {
            throw new IllegalStateException("The load ended: " + broken.getMessage(), broken);
        }
    }
}
