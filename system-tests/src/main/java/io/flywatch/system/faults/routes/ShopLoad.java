package io.flywatch.system.faults.routes;

import io.flywatch.system.stand.Replication;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shop that goes on selling: invoices with their lines, customers who move, prices, playlists whose tracks are exchanged. */
final class ShopLoad implements AutoCloseable {
    private static final Pattern WORDS = Pattern.compile("_?([a-z])([a-z]*)");
    private static final Pattern NAMES = Pattern.compile("<(\\w+)>");
    private static final int FIRST = 100_000;

    private final Replication replication;
    private final boolean mariaDb;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile int sold;
    private volatile @Nullable SQLException failure;

    private ShopLoad(Replication replication, boolean mariaDb, long seed) {
        this.replication = replication;
        this.mariaDb = mariaDb;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().name("shop").start(this::trade);
    }

    static ShopLoad start(Replication replication, boolean mariaDb, long seed) {
        return new ShopLoad(replication, mariaDb, seed);
    }

    int sold() {
        return sold;
    }

    private void trade() {
        try (Connection connection = replication.source()) {
            connection.setAutoCommit(false);
            while (!stopped.get()) {
                sell(connection, FIRST + sold);
                change(connection);
                connection.commit();
                sold++;
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 12));
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In milliseconds, which is all that a date of MongoDB has: the contents are compared exactly. */
    private void sell(Connection connection, int invoice) throws SQLException {
        run(
                connection,
                "insert into <invoice> (<invoice_id>, <customer_id>, <invoice_date>, <billing_city>, <total>)"
                        + " values (?, ?, current_timestamp(3), ?, 1.98)",
                invoice,
                random.nextInt(1, 60),
                random.nextBoolean() ? "São Paulo" : null);
        for (int line = 0; line < 2; line++) {
            run(
                    connection,
                    "insert into <invoice_line> (<invoice_line_id>, <invoice_id>, <track_id>, <unit_price>, <quantity>)"
                            + " values (?, ?, ?, 0.99, 1)",
                    invoice * 2 + line,
                    invoice,
                    random.nextInt(1, 3_500));
        }
    }

    private void change(Connection connection) throws SQLException {
        int other = FIRST + random.nextInt(sold + 1);
        switch (random.nextInt(7)) {
            case 0 ->
                run(
                        connection,
                        "update <customer> set <address> = ?, <company> = null where <customer_id> = ?",
                        "Straße des 17. Juni " + random.nextInt(200),
                        random.nextInt(1, 60));
            case 1 -> {
                run(connection, "delete from <invoice_line> where <invoice_id> = ?", other);
                run(connection, "delete from <invoice> where <invoice_id> = ?", other);
                if (random.nextBoolean()) {
                    connection.commit();
                    // They may have moved to another invoice.
                    run(
                            connection,
                            "delete from <invoice_line> where <invoice_line_id> in (?, ?)",
                            2 * other,
                            2 * other + 1);
                    sell(connection, other);
                }
            }
            case 2 ->
                run(
                        connection,
                        "update <track> set <unit_price> = <unit_price> + 0.01 where <genre_id> = ?",
                        random.nextInt(1, 26));
            case 3 -> {
                int playlist = random.nextInt(1, 19);
                int track = random.nextInt(1, 3_500);
                run(
                        connection,
                        "delete from <playlist_track> where <playlist_id> = ? and <track_id> = ?",
                        playlist,
                        track);
                run(
                        connection,
                        "update <playlist_track> set <track_id> = ? where <playlist_id> = ? and <track_id> = ?",
                        track,
                        playlist,
                        random.nextInt(1, 3_500));
            }
            case 4 ->
                run(
                        connection,
                        "update <invoice_line> set <invoice_id> = (select max(<invoice_id>) from <invoice> where"
                                + " <invoice_id> <= ?) where <invoice_line_id> = ?",
                        random.nextInt(1, FIRST + sold),
                        2 * other);
            case 5 ->
                run(
                        connection,
                        "update <invoice_line> set <invoice_line_id> = ? where <invoice_line_id> = ?",
                        100 * FIRST + sold,
                        2 * other + 1);
            default -> run(connection, "update <invoice> set <total> = <total> + 1 where <invoice_id> = ?", other);
        }
    }

    /** The two scripts call the same things differently: {@code invoice_line} is {@code InvoiceLine} for MySQL. */
    private String named(String sql) {
        return NAMES.matcher(sql).replaceAll(name -> mariaDb ? '`' + camel(name.group(1)) + '`' : name.group(1));
    }

    private static String camel(String name) {
        return WORDS.matcher(name).replaceAll(word -> word.group(1).toUpperCase(java.util.Locale.ROOT) + word.group(2));
    }

    private void run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(sql))) {
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
