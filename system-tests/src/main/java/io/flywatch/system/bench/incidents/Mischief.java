package io.flywatch.system.bench.incidents;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Does what an incident's kind says to a line, for a while, and undoes it. */
record Mischief(IncidentStand stand, Line line, Random random) {
    private static final double LEAST_TIMES_TOO_SLOW = 2;

    /** Strikes, waits and mends; answers in a few words what was done. */
    String run(IncidentKind kind) throws Exception {
        return switch (kind) {
            case SLOW_TARGET -> slowTarget();
            case TARGET_LOCK -> lock();
            case ERROR_BURST -> errors();
            case CONNECTOR_STOPPED -> connectorStopped();
            case HEARTBEAT_STOPPED -> heartbeatStopped();
            case SOURCE_BURST -> burst();
            case HUGE_TRANSACTION -> hugeTransaction();
            case BROKER_PAUSE -> brokerPause();
            case NETWORK_DELAY -> networkDelay();
            case NETWORK_CUT -> networkCut();
            case DISK_FULL -> diskFull();
            case SKEWED_CLOCK -> skewedClock();
            case THROUGHPUT_LEAK -> leak();
        };
    }

    private void rest(int least, int most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1000L * least + random.nextInt(1000 * (most - least)));
    }

    private String slowTarget() throws SQLException, InterruptedException {
        double sleep = (LEAST_TIMES_TOO_SLOW + 3 * random.nextDouble()) / (1.3 * line.perSecond());
        line.mood(sleep, false);
        rest(25, 38);
        line.mood(0, false);
        return "each row takes %.2f s at the target".formatted(sleep);
    }

    private String lock() throws SQLException, InterruptedException {
        try (Connection holder = line.target();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");
            rest(22, 35);
            holder.rollback();
        }
        return "table orders locked in access exclusive mode";
    }

    private String errors() throws InterruptedException {
        double share = 0.2 + 0.6 * random.nextDouble();
        line.load().refused(share);
        rest(18, 28);
        line.load().refused(0);
        return "%.0f %% of the new rows break a check".formatted(share * 100);
    }

    private String connectorStopped() throws IOException, InterruptedException {
        String how = random.nextBoolean() ? "pause" : "stop";
        stand.connector(line, how);
        rest(25, 38);
        stand.connector(line, "resume");
        return "connector: " + how;
    }

    private String heartbeatStopped() throws SQLException, InterruptedException {
        line.beats(false);
        rest(42, 55);
        line.beats(true);
        return "writes of the heartbeat are swallowed";
    }

    private String burst() throws InterruptedException {
        double times = 12 + 13 * random.nextDouble();
        line.load().factor(times);
        rest(18, 26);
        line.load().factor(1);
        return "%.0f times the load".formatted(times);
    }

    private String hugeTransaction() throws SQLException, InterruptedException {
        int rows = 15_000 + random.nextInt(20_000);
        long before = line.rowsAtSource();
        line.atSource("insert into lines select i, i, 'bulk', 1 from generate_series(100000000 + " + before
                + ", 100000000 + " + (before + rows) + ") i");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (line.rowsAtTarget() < before + rows && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return "a transaction of " + rows + " rows";
    }

    private String brokerPause() throws InterruptedException {
        int port = stand.brokerPort();
        stand.stopBroker();
        rest(12, 22);
        stand.startBroker(port);
        return "the broker was stopped and started again";
    }

    private String networkDelay() throws InterruptedException {
        Duration each = Duration.ofMillis(900 + random.nextInt(1600));
        line.toSource().delay(each);
        rest(26, 38);
        line.toSource().mend();
        return "everything to and from the source takes " + each.toMillis() + " ms more";
    }

    private String networkCut() throws InterruptedException {
        if (random.nextBoolean()) {
            line.toTarget().cut();
            rest(18, 30);
            line.toTarget().mend();
            return "connections to the target are refused";
        }
        line.toSource().cut();
        rest(18, 30);
        line.toSource().mend();
        return "connections to the source are refused";
    }

    private String diskFull() throws SQLException, InterruptedException {
        line.mood(0, true);
        rest(20, 32);
        line.mood(0, false);
        return "writes fail with SQL state 53100";
    }

    private String skewedClock() throws SQLException, IOException, InterruptedException {
        double seconds = (random.nextBoolean() ? 1 : -1) * (15 + 40 * random.nextDouble());
        line.skew(seconds);
        rest(28, 40);
        line.skew(0);
        return "the source's clock is off by %.0f s".formatted(seconds);
    }

    private String leak() throws SQLException, InterruptedException {
        int turns = 60;
        double last = (LEAST_TIMES_TOO_SLOW + random.nextDouble()) / (1.3 * line.perSecond());
        for (int turn = 1; turn <= turns; turn++) {
            line.mood(last * turn / turns, false);
            TimeUnit.SECONDS.sleep(1);
        }
        line.mood(0, false);
        return "each row takes longer, up to %.2f s at the target".formatted(last);
    }
}
