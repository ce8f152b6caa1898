package io.flywatch.system.bench.incidents;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Small transactions at the source, at a pace that breathes and can be changed; some rows may be such that the target refuses them. */
final class PacedLoad implements AutoCloseable {
    private static final double BREATH_SECONDS = 90;
    private static final long TURN_MS = 100;

    private final Connection connection;
    private final Random random;
    private final double base;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile double factor = 1;
    private volatile double refused;
    private long id;

    private PacedLoad(Connection connection, Random random, double perSecond, long firstId) {
        this.connection = connection;
        this.random = random;
        this.base = perSecond;
        this.id = firstId;
        this.thread = Thread.ofPlatform().daemon().name("load").start(this::write);
    }

    static PacedLoad start(Connection connection, long seed, double perSecond, long firstId) {
        return new PacedLoad(connection, new Random(seed), perSecond, firstId);
    }

    double perSecond() {
        return base;
    }

    void factor(double times) {
        factor = times;
    }

    void refused(double share) {
        refused = share;
    }

    private void write() {
        long began = System.nanoTime();
        double owed = 0;
        try (connection) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into orders (id, customer_id, status, total, note) values (?, ?, ?, 9.99, ?)");
                    PreparedStatement update =
                            connection.prepareStatement("update orders set total = total + 1 where id = ?");
                    PreparedStatement line = connection.prepareStatement("insert into lines values (?, ?, 'tea', 2)")) {
                while (!stopped.get()) {
                    double seconds = (System.nanoTime() - began) / 1e9;
                    double breath = 1 + 0.25 * Math.sin(2 * Math.PI * seconds / BREATH_SECONDS);
                    double many = base * factor * breath * TURN_MS / 1e3;
                    owed = Math.min(owed + many * (0.6 + 0.8 * random.nextDouble()), 50 * Math.max(1, many));
                    while (owed >= 1 && !stopped.get()) {
                        owed -= 1;
                        change(insert, update, line);
                    }
                    TimeUnit.MILLISECONDS.sleep(TURN_MS);
                }
            }
        } catch (SQLException e) {
            if (!stopped.get()) {
                throw new IllegalStateException("The load ended: " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(PreparedStatement insert, PreparedStatement update, PreparedStatement line)
            throws SQLException {
        id++;
        insert.setLong(1, id);
        insert.setLong(2, random.nextInt(1000));
        insert.setString(3, random.nextDouble() < refused ? "broken" : "new");
        insert.setString(4, "note " + id);
        insert.executeUpdate();
        if (random.nextInt(3) == 0) {
            update.setLong(1, Math.max(1, id - 1 - random.nextInt(200)));
            update.executeUpdate();
        }
        if (random.nextInt(2) == 0) {
            line.setLong(1, id);
            line.setLong(2, id);
            line.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
