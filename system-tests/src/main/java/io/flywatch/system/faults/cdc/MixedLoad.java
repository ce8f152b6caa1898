package io.flywatch.system.faults.cdc;

import io.flywatch.system.stand.Replication;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes of every kind: rows that come, change, change their keys and go, large values that are left as they are, transactions of many
 * rows, truncates, and columns that are added and widened. Each change has a version that no other has.
 */
final class MixedLoad implements AutoCloseable {
    static final int KEYS = 800;

    private static final int LARGE = 12_000;
    private static final long BEYOND_INT = 5_000_000_000L;

    private final Replication replication;
    private final boolean mariaDb;
    private final AtomicLong versions;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private boolean widened;
    private volatile long transactions;
    private volatile @Nullable SQLException failure;

    private MixedLoad(Replication replication, boolean mariaDb, AtomicLong versions, long seed) {
        this.replication = replication;
        this.mariaDb = mariaDb;
        this.versions = versions;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().name("mixed-load").start(this::write);
    }

    static MixedLoad start(Replication replication, boolean mariaDb, AtomicLong versions, long seed) {
        return new MixedLoad(replication, mariaDb, versions, seed);
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
            run(connection, upsert(Ground.ITEMS), key(), versions.incrementAndGet(), "new");
        } else if (kind < 600) {
            run(
                    connection,
                    "update items set version = ?, name = concat(name, '.'), changed_at = now() where id = ?",
                    versions.incrementAndGet(),
                    key());
        } else if (kind < 720) {
            run(
                    connection,
                    "update items set version = ?, large = ? where id = ?",
                    versions.incrementAndGet(),
                    large(),
                    key());
        } else if (kind < 800) {
            run(connection, "delete from items where id = ?", key());
        } else if (kind < 880) {
            moveKey(connection);
        } else if (kind < 960) {
            run(connection, upsert(Ground.NOTES), key(), versions.incrementAndGet(), "note");
        } else if (kind < 990) {
            run(
                    connection,
                    "update items set version = ?, size = ? where id % 7 = ?",
                    versions.incrementAndGet(),
                    widened ? BEYOND_INT + random.nextInt() : (long) random.nextInt(),
                    (long) random.nextInt(7));
        } else if (kind < 996) {
            run(connection, "truncate table notes");
        } else {
            changeTable(connection);
        }
    }

    private String upsert(String table) {
        return "insert into " + table + " (id, version, name) values (?, ?, ?) "
                + (mariaDb
                        ? "on duplicate key update version = values(version)"
                        : "on conflict (id) do update set version = excluded.version");
    }

    private long key() {
        return random.nextInt(1, KEYS);
    }

    /** Random text does not compress, so the source keeps it aside and does not log it again. */
    private String large() {
        StringBuilder text = new StringBuilder(LARGE);
        while (text.length() < LARGE) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    private void moveKey(Connection connection) throws SQLException {
        long to = key();
        run(
                connection,
                "update items set id = ?, version = ? where id = ? and not exists (select 1 from (select id from items) as i where i.id = ?)",
                to,
                versions.incrementAndGet(),
                key(),
                to);
    }

    /**
     * In a transaction of its own: PostgreSQL 17 can't decode one that writes a large value and then has the table rewritten ("could not
     * open toast relation").
     */
    private void changeTable(Connection connection) throws SQLException {
        connection.commit();
        if (random.nextInt(4) == 0) {
            run(
                    connection,
                    mariaDb
                            ? "alter table items modify size bigint"
                            : "alter table items alter column size type bigint");
            widened = true;
        } else {
            // A column has the same default each time: Debezium takes one that is added again to MariaDB for changed,
            // though nothing is.
            int column = random.nextInt(6);
            run(
                    connection,
                    "alter table items add column if not exists extra_" + column + " int"
                            + (column % 2 == 0 ? " default " + 7 * column : ""));
        }
        connection.commit();
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        if (values.length == 0) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
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
