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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One run: two replicas that start at the same moment for the first time, alerts that begin and end, and a trouble in the middle. */
final class AlertRun implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofSeconds(180);
    private static final List<String> JVM = List.of("-Xmx384m");

    private final Children children;
    private final EmbeddedPostgres postgres;
    private final String database;
    private final Path policy;
    private final Random random;
    private final Inbox inbox;
    private final Gate gate;
    private final List<Dispatcher> replicas = new ArrayList<>();
    private final Set<String> firing = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private int started;

    AlertRun(Children children, EmbeddedPostgres postgres, String database, Path folder, Random random)
            throws IOException {
        this.children = children;
        this.postgres = postgres;
        this.database = database;
        this.policy = folder.resolve(database + ".yaml");
        this.random = random;
        this.inbox = Inbox.open();
        this.gate = Gate.to(postgres.port());
    }

    Count of(Trouble trouble, int alerts) throws Exception {
        Dispatcher.policy(policy, inbox.url(), 0);
        replicas.add(start());
        replicas.add(start());
        for (Dispatcher replica : replicas) {
            replica.await();
        }
        AtomicInteger posted = new AtomicInteger();
        Thread poster = Thread.ofPlatform().start(() -> postAll(alerts, posted));
        int at = alerts / 5 + random.nextInt(Math.max(1, alerts / 3));
        while (posted.get() < at && poster.isAlive()) {
            Thread.sleep(5);
        }
        cause(trouble);
        poster.join();
        long last = System.nanoTime();
        settle();
        long seconds = (System.nanoTime() - last) / 1_000_000_000;
        return Count.of(new HashSet<>(firing), new HashSet<>(ended), inbox.letters(), unexplained(), seconds);
    }

    private Dispatcher start() {
        return Dispatcher.start(children, database + "-" + started++, gate.port(), database, policy, JVM);
    }

    private void cause(Trouble trouble) throws Exception {
        if (trouble.mood().isPresent()) {
            inbox.mood(trouble.mood().get());
            Thread.sleep(4000 + random.nextInt(4000));
            inbox.mood(Mood.WELL);
            return;
        }
        switch (trouble) {
            case KILL_ONE -> {
                for (int i = 0; i < 2; i++) {
                    killAndStart(random.nextInt(2));
                    Thread.sleep(500 + random.nextInt(1500));
                }
            }
            case KILL_BOTH -> {
                replicas.get(0).kill();
                replicas.get(1).kill();
                replicas.set(0, start());
                replicas.set(1, start());
                replicas.get(0).await();
                replicas.get(1).await();
            }
            case POSTGRES_AWAY -> {
                gate.shut();
                Thread.sleep(5000 + random.nextInt(10_000));
                gate.open();
            }
            case RELOAD -> {
                for (int i = 1; i <= 5; i++) {
                    Dispatcher.policy(policy, inbox.url(), i);
                    replicas.forEach(replica -> quietly(() -> replica.post("/api/v1/policy/reload", "")));
                    Thread.sleep(300);
                }
            }
            default -> {}
        }
    }

    private void killAndStart(int which) throws InterruptedException {
        replicas.get(which).kill();
        replicas.set(which, start());
        replicas.get(which).await();
    }

    /** Posts beginnings, and for every second one the end a little later, each again and again until it is accepted. */
    private void postAll(int alerts, AtomicInteger posted) {
        Random pace = new Random(alerts);
        List<String> open = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            String name = database + "-" + i;
            until(name, null);
            firing.add(name);
            if (i % 2 == 0) {
                open.add(name);
            }
            if (open.size() > 10) {
                String over = open.removeFirst();
                until(over, Instant.now().minusMillis(1));
                ended.add(over);
            }
            posted.incrementAndGet();
            quietly(() -> {
                Thread.sleep(pace.nextInt(20));
                return 0;
            });
        }
        for (String over : open) {
            until(over, Instant.now().minusMillis(1));
            ended.add(over);
        }
    }

    private void until(String name, @org.jspecify.annotations.Nullable Instant ends) {
        String body = "[{\"labels\":{\"alertname\":\"Fault\",\"n\":\"" + name + "\"},\"endsAt\":\""
                + (ends == null ? Instant.now().plusSeconds(3600) : ends) + "\"}]";
        for (int i = random.nextInt(2);
                quietly(() -> replicas.get(next(name)).post("/api/v2/alerts", body)) != 200;
                i++) {
            quietly(() -> {
                Thread.sleep(50);
                return 0;
            });
        }
    }

    private int turn;

    private int next(String name) {
        turn = (turn + 1 + name.length()) % replicas.size();
        return turn;
    }

    /** Waits until nothing is queued, nothing in hand, and no end is missing. */
    private void settle() throws Exception {
        long end = System.nanoTime() + SETTLE.toNanos();
        int calm = 0;
        while (System.nanoTime() < end && calm < 10) {
            calm = open() == 0 ? calm + 1 : 0;
            Thread.sleep(200);
        }
    }

    private int open() throws SQLException {
        return number("select count(*) from dispatcher.notice where state in ('QUEUED', 'SENDING')");
    }

    private int unexplained() throws SQLException {
        return number("""
                select count(*) from dispatcher.alert a
                where not exists (select 1 from dispatcher.decision d where d.fingerprint = a.fingerprint)
                """);
    }

    private int number(String query) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getInt(1);
        }
    }

    private interface Work {
        int run() throws InterruptedException;
    }

    private static int quietly(Work work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() throws Exception {
        for (Dispatcher replica : replicas) {
            replica.kill();
        }
        gate.close();
        inbox.close();
    }
}
