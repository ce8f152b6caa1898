package io.flywatch.system.faults.runner;

import com.mongodb.client.MongoCollection;
import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Filling;
import io.flywatch.system.stand.RunnerStand;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.bson.Document;

/**
 * A run that changes each document once, disturbed at random moments: the runner killed, the run paused over a restart, the control
 * database cut off, Kafka or the migrated database away. Whatever happened: one run that succeeded, each document changed exactly once, each fact told once.
 */
public final class RunnerKills implements FaultSuite {

    private static final List<String> JVM = List.of("-Xmx256m");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "runner-kills";
    }

    @Override
    public String about() {
        return "kills, pauses and cuts off a runner at work [--documents 4000] [--disturbances 4] [--away 5, seconds]";
    }

    @Override
    public int runs() {
        return 5;
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        return new Disturbed(
                RunnerStand.breakable(JVM),
                (int) arguments.number("documents", 4_000),
                arguments.number("disturbances", 4),
                Duration.ofSeconds(arguments.number("away", 5)));
    }

    private enum Disturbance {
        KILL,
        PAUSE,
        PAUSE_AND_KILL,
        DATABASE,
        KAFKA,
        TARGET
    }

    private static final class Disturbed implements Runs {
        private final RunnerStand stand;
        private final int documents;
        private final long disturbances;
        private final Duration away;
        private final Map<Disturbance, Integer> made = new EnumMap<>(Disturbance.class);
        private int number;

        Disturbed(RunnerStand stand, int documents, long disturbances, Duration away) {
            this.away = away;
            this.stand = stand;
            this.documents = documents;
            this.disturbances = disturbances;
        }

        @Override
        public List<String> run(Random random) throws Exception {
            String id = "kills-" + ++number;
            Filling.fill(stand.database().getCollection(id), documents);
            stand.declare(id, """
                      - version: 1
                        steps:
                          - update: { collection: %s, filter: { }, update: { $inc: { n: 1 } }, batchSize: 10 }
                    """.formatted(id));
            String path = stand.api().trigger(id);
            for (long i = 0; i < disturbances && !stand.api().isEnded(path); i++) {
                Thread.sleep(random.nextInt(1_500));
                disturb(Disturbance.values()[random.nextInt(Disturbance.values().length)], path, random);
            }
            stand.api().await("the run ends", LIMIT, () -> stand.api().isEnded(path));
            return wrong(id, path);
        }

        private void disturb(Disturbance disturbance, String run, Random random) throws Exception {
            switch (disturbance) {
                case KILL -> killAndStart();
                case PAUSE -> pause(run, false);
                case PAUSE_AND_KILL -> pause(run, true);
                case DATABASE -> {
                    stand.cutControl();
                    // Shorter and longer than a runner may go on without it.
                    Thread.sleep(random.nextInt(15_000));
                    stand.mendControl();
                    await(
                            "the database is seen again",
                            () -> !stand.api().state(run).isEmpty());
                }
                case KAFKA -> {
                    stand.stopKafka();
                    Thread.sleep(random.nextInt(3_000));
                    stand.startKafka();
                }
                case TARGET -> {
                    if (!stand.cutTarget()) {
                        return; // a real server is not ours to cut off
                    }
                    Thread.sleep(away.toMillis());
                    stand.mendTarget();
                }
            }
            made.merge(disturbance, 1, Integer::sum);
        }

        private void killAndStart() throws Exception {
            stand.kill();
            stand.startRunner(JVM);
        }

        private void await(String what, Callable<Boolean> check) throws Exception {
            stand.api().await(what, LIMIT, check);
        }

        private void pause(String run, boolean kill) throws Exception {
            if (stand.api().call("POST", run + "/pause").statusCode() != 202) {
                return; // it has ended meanwhile
            }
            if (kill) {
                killAndStart();
            }
            await(
                    "the run stands still",
                    () -> stand.api().isEnded(run) || stand.api().state(run).equals("paused"));
            if (kill && stand.api().state(run).equals("paused")) {
                killAndStart();
            }
            stand.api().call("POST", run + "/resume");
        }

        private List<String> wrong(String id, String run) throws Exception {
            List<String> wrong = new ArrayList<>();
            if (!stand.api().state(run).equals("succeeded")) {
                wrong.add("the run is " + stand.api().call("GET", run).body());
            }
            MongoCollection<Document> things = stand.database().getCollection(id);
            long once = things.countDocuments(new Document("n", 1));
            if (once != documents) {
                wrong.add(once + " of " + documents + " documents were changed exactly once");
            }
            things.drop();
            for (String fact : List.of("run.started", "step.started", "step.finished", "run.finished")) {
                long count = facts(id, fact);
                if (count != 1) {
                    wrong.add("the fact " + fact + " was told " + count + " times");
                }
            }
            return wrong;
        }

        private long facts(String id, String fact) throws SQLException {
            try (Connection connection = stand.postgres().connect("flywatch");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select count(*) from runner.outboxevent where aggregateid = '%s' and type = 'io.flywatch.%s'"
                                    .formatted(id, fact))) {
                rows.next();
                return rows.getLong(1);
            }
        }

        @Override
        public List<String> summary() {
            return List.of("disturbed by " + made);
        }

        @Override
        public void close() throws Exception {
            stand.close();
        }
    }
}
