package io.flywatch.system.stand;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.stack.MongoStandIn;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.stack.replica.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The packaged migration-runner with all that it needs but Kafka Connect, and what it changes: a PostgreSQL, and the MongoDB that
 * {@code FLYWATCH_TEST_MONGODB_URI} names, or a stand-in in this process.
 */
public final class RunnerStand implements AutoCloseable {
    /** What the runner calls the MongoDB connection. */
    public static final String TARGET = "target";

    /** What the runner calls the PostgreSQL that scripts change; also its database. */
    public static final String SHOP = "shop";

    private static final String DATABASE = "flywatch_stand";
    private static final String CONTROL = "flywatch";
    private static final Duration UNTIL_IT_ANSWERS = Duration.ofMinutes(3);

    private final Path folder;
    private final Children children;
    private final EmbeddedPostgres postgres;
    private final @Nullable AutoCloseable standIn;
    private final boolean real;
    private final boolean replicaSet;
    private final @Nullable Wire control;
    private final @Nullable Wire target;
    private final String uri;
    private final MongoClient client;
    private final int port = FreePort.find();
    private final RunnerApi api = new RunnerApi(port);
    private EmbeddedKafka kafka;
    private @Nullable PackagedService runner;
    private int starts;

    /** What stands in for MongoDB if no server is named. */
    public enum StandIn {
        /** A server alone, without transactions. */
        ALONE,
        /** A replica set, with transactions. */
        REPLICA_SET;

        /** By the argument {@code --server}: {@code stand-in} or {@code replica-set}. */
        public static StandIn of(Arguments arguments) {
            String server = arguments.text("server", "stand-in");
            return switch (server) {
                case "stand-in" -> ALONE;
                case "replica-set" -> REPLICA_SET;
                default -> throw new IllegalArgumentException("--server is replica-set or stand-in, and not " + server);
            };
        }
    }

    private RunnerStand(Path folder, StandIn standIn, boolean breakable) {
        this.folder = folder;
        this.children = Children.in(folder, child -> {});
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        postgres.createDatabase(CONTROL);
        postgres.createDatabase(SHOP);
        this.control = breakable ? Wire.before(postgres.port()) : null;
        String given = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        this.real = given != null && !given.isBlank();
        this.replicaSet = standIn == StandIn.REPLICA_SET;
        if (given != null && real) {
            this.standIn = null;
            this.uri = given;
            this.target = null;
        } else if (replicaSet) {
            // What a killed runner left open is ended earlier than the minute of the real server.
            ReplicaSetStandIn server = ReplicaSetStandIn.start(Shape.REPLICA_SET, Duration.ofSeconds(5));
            this.standIn = server;
            this.uri = server.uri();
            this.target = null;
        } else {
            MongoStandIn server = MongoStandIn.start();
            this.standIn = server;
            this.uri = server.uri();
            // Drivers find the members of a replica set by themselves, past any wire.
            this.target = breakable ? Wire.before(server.port()) : null;
        }
        this.client = MongoClients.create(uri);
    }

    /** Starts all of it and the runner with these options of its JVM. */
    public static RunnerStand start(List<String> jvm) throws Exception {
        return start(jvm, StandIn.ALONE);
    }

    /** The same, with that stand-in if no server is named. */
    public static RunnerStand start(List<String> jvm, StandIn standIn) throws Exception {
        return start(jvm, standIn, false);
    }

    /** The same, with wires to the control database and the MongoDB that can be cut. */
    public static RunnerStand breakable(List<String> jvm) throws Exception {
        return start(jvm, StandIn.ALONE, true);
    }

    private static RunnerStand start(List<String> jvm, StandIn standIn, boolean breakable) throws Exception {
        Quietly.please();
        Files.createDirectories(Layout.target("tmp"));
        RunnerStand stand =
                new RunnerStand(Files.createTempDirectory(Layout.target("tmp"), "runner"), standIn, breakable);
        Files.createDirectories(stand.folder.resolve("migrations"));
        try {
            stand.startRunner(jvm);
            return stand;
        } catch (Exception e) {
            stand.close();
            throw e;
        }
    }

    /** Whether the MongoDB has transactions: a replica set and a sharded cluster have, a server alone has none. */
    public boolean hasTransactions() {
        // Not "hello": the stand-in knows the older name alone.
        Document hello = client.getDatabase("admin").runCommand(new Document("isMaster", 1));
        return hello.containsKey("setName") || "isdbgrid".equals(hello.getString("msg"));
    }

    /** The client of the MongoDB that is migrated. */
    public MongoClient client() {
        return client;
    }

    /** The server that is migrated, in words. */
    public String server() {
        if (real) {
            return "the server of FLYWATCH_TEST_MONGODB_URI";
        }
        return replicaSet
                ? "the stand-in for a replica set, not MongoDB: one command at a time, in front of mongo-java-server"
                : "the stand-in (mongo-java-server), not MongoDB, without transactions";
    }

    /** The MongoDB database that is migrated. */
    public MongoDatabase database() {
        return client.getDatabase(DATABASE);
    }

    /** The PostgreSQL server with the control database and with {@link #SHOP}. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** The runner, by REST. */
    public RunnerApi api() {
        return api;
    }

    /** Starts the runner and waits until it answers. */
    public void startRunner(List<String> jvm) throws Exception {
        Map<String, String> variables = new TreeMap<>();
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", controlUrl());
        variables.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        variables.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        // Facts are counted; nobody reads the log that the table else would be.
        variables.put("QUARKUS_DEBEZIUM_OUTBOX_REMOVE_AFTER_INSERT", Boolean.toString(control == null));
        variables.put("FLYWATCH_CONNECT_URL", "http://127.0.0.1:1");
        variables.put("FLYWATCH_CONNECTIONS_TARGET_URL", target == null ? uri : "mongodb://127.0.0.1:" + target.port());
        variables.put("FLYWATCH_CONNECTIONS_SHOP_URL", postgres.jdbcUrl(SHOP));
        variables.put("FLYWATCH_CONNECTIONS_SHOP_USERNAME", EmbeddedPostgres.USER);
        variables.put("FLYWATCH_CONNECTIONS_SHOP_PASSWORD", EmbeddedPostgres.PASSWORD);
        variables.put(
                "FLYWATCH_MIGRATIONS_LOCATION", folder.resolve("migrations").toString());
        // A killed runner's work is taken up at once, so that a suite spends its time on kills and not on waiting.
        variables.put("FLYWATCH_MIGRATIONS_OWNERSHIP", "PT3S");
        PackagedService started =
                PackagedService.start(children, "runner-" + ++starts, "migration-runner", port, jvm, variables);
        runner = started;
        api.await(
                "the runner answers, or has ended",
                UNTIL_IT_ANSWERS,
                () -> !started.child().isAlive()
                        || api.call("GET", "/api/v1/migrations").statusCode() == 200);
        if (!started.child().isAlive()) {
            throw new IllegalStateException(
                    "the runner ended:\n" + String.join("\n", started.child().lastLines(40)));
        }
    }

    private String controlUrl() {
        return control == null
                ? postgres.jdbcUrl(CONTROL)
                : "jdbc:postgresql://127.0.0.1:" + control.port() + "/" + CONTROL;
    }

    private PackagedService running() {
        return Objects.requireNonNull(runner, "the runner was started");
    }

    /** Kills the runner as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        running().kill();
    }

    /** The runner's process. */
    public ProcessHandle process() {
        return running().child().process().toHandle();
    }

    /** The last lines that the runner has written. */
    public List<String> lastLines(int most) {
        return running().child().lastLines(most);
    }

    /** The control database is out of reach. */
    public void cutControl() {
        Objects.requireNonNull(control, "a breakable stand").cut();
    }

    /** The control database is in reach again. */
    public void mendControl() {
        Objects.requireNonNull(control, "a breakable stand").mend();
    }

    /** The MongoDB is out of reach of the runner; false if that can't be done. */
    public boolean cutTarget() {
        if (target != null) {
            target.cut();
        }
        return target != null;
    }

    /** The MongoDB is in reach again. */
    public void mendTarget() {
        if (target != null) {
            target.mend();
        }
    }

    /** Stops the broker. */
    public void stopKafka() {
        kafka.close();
    }

    /** Starts the broker again, with all that it knew. */
    public void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafka.port());
    }

    /** Declares a migration of the migrated MongoDB database with these change sets, in YAML. */
    public void declare(String id, String changeSets) throws IOException {
        write(
                id + ".yaml",
                "kind: mongodb\nid: " + id + "\nconnection: " + TARGET + "\ndatabase: " + DATABASE + "\nchangeSets:\n"
                        + changeSets);
    }

    /** Writes a file into the folder of migrations, or into one below it. */
    public void write(String name, String text) throws IOException {
        Path file = folder.resolve("migrations").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a folder"));
        Files.writeString(file, text);
    }

    @Override
    public void close() throws Exception {
        children.close();
        children.dismissGuardian();
        database().drop();
        client.close();
        api.close();
        if (control != null) {
            control.close();
        }
        if (target != null) {
            target.close();
        }
        if (standIn != null) {
            standIn.close();
        }
        postgres.close();
        kafka.close();
    }
}
