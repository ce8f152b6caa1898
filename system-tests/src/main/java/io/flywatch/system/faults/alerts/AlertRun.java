package io.flywatch.system.faults.alerts;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.system.stand.alerts.Dispatcher;
import io.flywatch.system.stand.alerts.Gate;
import io.flywatch.system.stand.alerts.Inbox;
import io.flywatch.system.stand.alerts.Inbox.Mood;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One run: two replicas that start at the same moment for the first time, alerts that begin and end, and a trouble in the middle. */
final class AlertRun implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofSeconds(240);
    private static final List<String> JVM = List.of("-Xmx384m");
    private static final int ANOMALIES = 60;

    private final Children children;
    private final EmbeddedPostgres postgres;
    private final String database;
    private final Path folder;
    private final Path policy;
    private final Random random;
    private final Inbox inbox;
    private final Gate gate;
    private final List<Dispatcher> replicas = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Anomalies anomalies;
    private int started;

    AlertRun(Children children, EmbeddedPostgres postgres, String database, Path folder, Random random)
            throws IOException {
        this.children = children;
        this.postgres = postgres;
        this.database = database;
        this.folder = folder.resolve(database);
        this.policy = this.folder.resolve("policy.yaml");
        this.random = random;
        this.inbox = Inbox.open();
        this.gate = Gate.to(postgres.port());
    }

    /**
     * Runs.
     *
     * @param seconds how long PostgreSQL is away, or the receiver broken
     */
    Count of(Trouble trouble, int alerts, long seconds) throws Exception {
        Dispatcher.policy(policy, inbox.url(), 0);
        if (trouble.withKafka()) {
            anomalies = new Anomalies(folder.resolve("kafka"), database);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", anomalies.servers());
        }
        replicas.add(start());
        replicas.add(start());
        for (Dispatcher replica : replicas) {
            replica.await();
        }
        Sender sender = new Sender(database, alerts, turn -> replicas.get(turn % replicas.size()));
        Thread thread = Thread.ofPlatform().start(sender);
        int at = alerts / 5 + random.nextInt(Math.max(1, alerts / 3));
        while (sender.posted() < at && thread.isAlive()) {
            Thread.sleep(5);
        }
        cause(trouble, seconds);
        thread.join();
        long last = System.nanoTime();
        Set<String> firing = new HashSet<>(sender.firing());
        Set<String> ended = new HashSet<>(sender.ended());
        if (anomalies != null) {
            firing.addAll(anomalies.firing());
            ended.addAll(anomalies.ended());
        }
        settle(firing.size() + ended.size());
        long took = (System.nanoTime() - last) / 1_000_000_000;
        return Count.of(firing, ended, inbox.letters(), History.of(postgres, database), took);
    }

    private Dispatcher start() {
        return Dispatcher.start(children, database + "-" + started++, gate.port(), database, policy, JVM, environment);
    }

    private void cause(Trouble trouble, long seconds) throws Exception {
        Mood mood = trouble.mood().orElse(null);
        if (mood != null) {
            inbox.mood(mood);
            Thread.sleep(mood == Mood.BROKEN ? seconds * 1000 : 4000 + random.nextInt(4000));
            inbox.mood(Mood.WELL);
            return;
        }
        switch (trouble) {
            case KILL_ONE -> {
                for (int i = 0; i < 3; i++) {
                    Thread.sleep(random.nextInt(1000));
                    killAndStart(random.nextInt(2));
                }
            }
            case KILL_BEFORE_STORE -> {
                gate.shut();
                Thread.sleep(200 + random.nextInt(800));
                killBoth();
                gate.open();
                startBoth();
            }
            case KILL_AFTER_STORE -> {
                inbox.mood(Mood.HANGS);
                Thread.sleep(300 + random.nextInt(1500));
                killBoth();
                inbox.mood(Mood.WELL);
                startBoth();
            }
            case KILL_BEFORE_RECORD -> {
                inbox.mood(Mood.TAKES_SILENTLY);
                Thread.sleep(300 + random.nextInt(1500));
                killBoth();
                inbox.mood(Mood.WELL);
                startBoth();
            }
            case POSTGRES_AWAY -> {
                gate.shut();
                Thread.sleep(seconds * 1000);
                gate.open();
            }
            case KAFKA_AWAY -> {
                Anomalies some = java.util.Objects.requireNonNull(anomalies);
                some.write(0, ANOMALIES / 2);
                some.goAway(5000 + random.nextInt(5000));
                some.write(ANOMALIES / 2, ANOMALIES);
            }
            case KILL_WITH_KAFKA -> {
                Anomalies some = java.util.Objects.requireNonNull(anomalies);
                some.write(0, ANOMALIES / 2);
                killAndStart(random.nextInt(2));
                some.write(ANOMALIES / 2, ANOMALIES);
                killAndStart(random.nextInt(2));
            }
            case RELOAD -> {
                for (int i = 1; i <= 5; i++) {
                    Dispatcher.policy(policy, inbox.url(), i);
                    for (Dispatcher replica : replicas) {
                        replica.post("/api/v1/policy/reload", "");
                    }
                    Thread.sleep(300);
                }
            }
            case CLOCK_SET_BACK -> {
                replicas.get(0).stop();
                replicas.get(1).stop();
                anHourAhead();
                startBoth();
            }
            case STOP_EACH -> {
                inbox.mood(Mood.SLOW);
                for (int i = 0; i < 2; i++) {
                    replicas.get(i).stop();
                    replicas.set(i, start());
                    replicas.get(i).await();
                }
                inbox.mood(Mood.WELL);
            }
            default -> {}
        }
    }

    /** What is stored is of an hour later: so it looks to those who start after their clock was set back by an hour. */
    private void anHourAhead() throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            for (String column : List.of(
                    "notice.due_at",
                    "notice.created_at",
                    "alert_group.since",
                    "alert_group.told_at",
                    "alert_group.next_at",
                    "told.at",
                    "alert.expires_at",
                    "alert.updated_at")) {
                String table = column.substring(0, column.indexOf('.'));
                String name = column.substring(column.indexOf('.') + 1);
                statement.execute("update dispatcher.%s set %s = %s + interval '1 hour'".formatted(table, name, name));
            }
        }
    }

    private void killAndStart(int which) throws InterruptedException {
        replicas.get(which).kill();
        replicas.set(which, start());
        replicas.get(which).await();
    }

    private void killBoth() throws InterruptedException {
        replicas.get(0).kill();
        replicas.get(1).kill();
    }

    private void startBoth() throws InterruptedException {
        replicas.set(0, start());
        replicas.set(1, start());
        replicas.get(0).await();
        replicas.get(1).await();
    }

    /** Waits until as much is told as there is to tell and nothing is queued or in hand. */
    private void settle(int accepted) throws Exception {
        long end = System.nanoTime() + SETTLE.toNanos();
        int calm = 0;
        while (System.nanoTime() < end && calm < 10) {
            calm = inbox.size() >= accepted && open() == 0 ? calm + 1 : 0;
            Thread.sleep(200);
        }
    }

    private int open() throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*) from dispatcher.notice where state in ('QUEUED', 'SENDING')")) {
            found.next();
            return found.getInt(1);
        }
    }

    @Override
    public void close() throws Exception {
        for (Dispatcher replica : replicas) {
            replica.kill();
        }
        if (anomalies != null) {
            anomalies.close();
        }
        gate.close();
        inbox.close();
    }
}
