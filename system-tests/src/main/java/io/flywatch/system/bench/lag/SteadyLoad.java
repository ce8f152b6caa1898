package io.flywatch.system.bench.lag;

import io.flywatch.system.stand.Replication;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Small transactions at an even pace: an order, now and then its change, sometimes its end. */
final class SteadyLoad implements AutoCloseable {
    static final List<String> SCHEMA = List.of(
            "create table orders (id bigint primary key, customer_id bigint, status text, total numeric(12,2), note text,"
                    + " placed_at timestamptz default clock_timestamp())",
            "create table lines (id bigint primary key, order_id bigint, product text, quantity int, price numeric(10,2))",
            "create table payments (id bigint primary key, order_id bigint, amount numeric(12,2), paid_at timestamptz)",
            "insert into orders select i, i % 1000, 'new', i, 'a note of some length', now() from generate_series(1, 5000) i",
            "insert into lines select i, i, 'product', 1, 1 from generate_series(1, 5000) i");

    private static final int FIRST = 10_000;
    private static final long LATEST_START = 1_000_000;

    private final Replication replication;
    private final long nanosPerChange;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong changes = new AtomicLong();
    private final long began = System.nanoTime();
    private final Thread thread;
    private static final AtomicLong IDS = new AtomicLong(FIRST);

    private SteadyLoad(Replication replication, int perSecond) {
        this.replication = replication;
        this.nanosPerChange = 1_000_000_000L / perSecond;
        this.thread = Thread.ofPlatform().daemon().name("load").start(this::write);
    }

    static SteadyLoad start(Replication replication, int perSecond) {
        return new SteadyLoad(replication, perSecond);
    }

    private void write() {
        Random random = new Random(1);
        try (Connection connection = replication.source()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into orders (id, customer_id, status, total, note) values (?, 7, 'new', 9.99, ?)");
                    PreparedStatement line =
                            connection.prepareStatement("insert into lines values (?, ?, 'tea', 2, 4.99)");
                    PreparedStatement update =
                            connection.prepareStatement("update orders set status = 'paid' where id = ?");
                    PreparedStatement delete = connection.prepareStatement("delete from lines where id = ?")) {
                while (!stopped.get()) {
                    pace();
                    long id = IDS.incrementAndGet();
                    int done = 1;
                    insert.setLong(1, id);
                    insert.setString(2, "note " + id);
                    insert.executeUpdate();
                    if (random.nextBoolean()) {
                        line.setLong(1, id);
                        line.setLong(2, id);
                        line.executeUpdate();
                        update.setLong(1, FIRST + 1 + random.nextLong(id - FIRST));
                        done += 1 + update.executeUpdate();
                    }
                    if (random.nextInt(4) == 0) {
                        delete.setLong(1, FIRST + 1 + random.nextLong(id - FIRST));
                        done += delete.executeUpdate();
                    }
                    connection.commit();
                    changes.addAndGet(done);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The load ended: " + e.getMessage(), e);
        }
    }

    /** What is late is made up for, so that the rate is kept on the whole. */
    private void pace() {
        long due = began + changes.get() * nanosPerChange;
        long wait = due - System.nanoTime();
        if (wait > LATEST_START / 10) {
            LockSupport.parkNanos(wait);
        }
    }

    double perSecond() {
        return changes.get() / ((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join();
    }
}
