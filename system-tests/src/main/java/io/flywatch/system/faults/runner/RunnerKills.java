package io.flywatch.system.faults.runner;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.stand.Arguments;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;

/**
 * A run that changes each document once, disturbed at random moments: the runner killed, the run paused over a restart, the control
 * database cut off, Kafka away. Whatever happened: one run that succeeded, each document changed exactly once, each fact told once.
 */
public final class RunnerKills implements FaultSuite {

    @Override
    public String name() {
        return "runner-kills";
    }

    @Override
    public String about() {
        return "a mongodb run while the runner is killed, paused, cut off from its database, or without Kafka";
    }

    @Override
    public int runs() {
        return 5;
    }

    @Override
    public Runs open(Arguments arguments) throws Exception {
        RunnerStand stand = new RunnerStand();
        try {
            stand.start();
        } catch (Exception e) {
            stand.close();
            throw e;
        }
        return new Disturbed(stand, (int) arguments.number("documents", 4_000), arguments.number("disturbances", 4));
    }

    private enum Disturbance {
        KILL,
        PAUSE,
        PAUSE_AND_KILL,
        DATABASE,
        KAFKA
    }

    private static final class Disturbed implements Runs {
        private final RunnerStand stand;
        private final int documents;
        private final long disturbances;
        private final Map<Disturbance, Integer> made = new EnumMap<>(Disturbance.class);
        private int number;

        Disturbed(RunnerStand stand, int documents, long disturbances) {
            this.stand = stand;
            this.documents = documents;
            this.disturbances = disturbances;
        }

        @Override
        public List<String> run(Random random) throws Exception {
            String id = "kills-" + ++number;
            fill(id);
            stand.declare(id, """
                    kind: mongodb
                    id: %1$s
                    connection: target
                    database: %1$s
                    changeSets:
                      - version: 1
                        steps:
                          - update: { collection: things, filter: { }, update: { $inc: { n: 1 } }, batchSize: 10 }
                    """.formatted(id));
            String run = stand.call("POST", "/api/v1/migrations/" + id + "/runs")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            String path = run.substring(run.indexOf("/api/"));
            for (long i = 0; i < disturbances && !isEnded(path); i++) {
                Thread.sleep(random.nextInt(1_500));
                disturb(Disturbance.values()[random.nextInt(Disturbance.values().length)], path, random);
            }
            stand.await("the run ends", () -> isEnded(path));
            return wrong(id, path);
        }

        private void disturb(Disturbance disturbance, String run, Random random) throws Exception {
            switch (disturbance) {
                case KILL -> {
                    stand.kill();
                    stand.start();
                }
                case PAUSE -> pause(run, false);
                case PAUSE_AND_KILL -> pause(run, true);
                case DATABASE -> {
                    stand.cutDatabase();
                    // Shorter and longer than a runner may go on without it.
                    Thread.sleep(random.nextInt(15_000));
                    stand.mendDatabase();
                    stand.await(
                            "the database is seen again",
                            () -> !stand.state(run).isEmpty());
                }
                case KAFKA -> {
                    stand.stopKafka();
                    Thread.sleep(random.nextInt(3_000));
                    stand.startKafka();
                }
            }
            made.merge(disturbance, 1, Integer::sum);
        }

        private void pause(String run, boolean kill) throws Exception {
            if (stand.call("POST", run + "/pause").statusCode() != 202) {
                return; // it has ended meanwhile
            }
            if (kill) {
                stand.kill();
                stand.start();
            }
            stand.await(
                    "the run stands still",
                    () -> isEnded(run) || stand.state(run).equals("paused"));
            if (kill && stand.state(run).equals("paused")) {
                stand.kill();
                stand.start();
            }
            stand.call("POST", run + "/resume");
        }

        private boolean isEnded(String run) throws InterruptedException {
            return List.of("succeeded", "failed", "cancelled").contains(stand.state(run));
        }

        private List<String> wrong(String id, String run) throws Exception {
            List<String> wrong = new ArrayList<>();
            if (!stand.state(run).equals("succeeded")) {
                wrong.add("the run is " + stand.call("GET", run).body());
            }
            try (MongoClient client = MongoClients.create(stand.mongo())) {
                MongoCollection<Document> things = client.getDatabase(id).getCollection("things");
                long once = things.countDocuments(new Document("n", 1));
                if (once != documents) {
                    wrong.add(once + " of " + documents + " documents were changed exactly once");
                }
                client.getDatabase(id).drop();
            }
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

        private void fill(String database) {
            try (MongoClient client = MongoClients.create(stand.mongo())) {
                List<Document> all = new ArrayList<>();
                for (int i = 0; i < documents; i++) {
                    all.add(new Document("_id", i).append("n", 0));
                }
                client.getDatabase(database).drop();
                client.getDatabase(database).getCollection("things").insertMany(all);
            }
        }

        @Override
        public List<String> summary() {
            return List.of("disturbed by " + made);
        }

        @Override
        public void close() {
            stand.close();
        }
    }
}
