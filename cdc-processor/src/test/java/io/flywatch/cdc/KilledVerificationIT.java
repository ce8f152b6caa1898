package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import com.sun.net.httpserver.HttpServer;
import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged processor, killed by SIGKILL in the middle of a verification. */
class KilledVerificationIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String PIPELINE = "killed";
    private static final int ROWS = 4_000;

    @Test
    void goesOnAfterEachKillAndComesToTheSameResult(@TempDir Path dir) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(dir.resolve("postgres"));
                StandInTarget target = StandInTarget.start(System.getenv("FLYWATCH_TEST_MONGODB_URI"))) {
            HttpServer connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            connect.createContext("/connectors/", VerifySource::answer);
            connect.start();
            create(kafka);
            Map<String, String> environment = Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "FLYWATCH_CONNECT_URL",
                    "http://127.0.0.1:" + connect.getAddress().getPort(),
                    "FLYWATCH_CONNECTIONS_TARGET_URL",
                    target.uri(),
                    "FLYWATCH_CONNECTIONS_SOURCE_URL",
                    postgres.jdbcUrl("postgres"),
                    "FLYWATCH_CONNECTIONS_SOURCE_USERNAME",
                    EmbeddedPostgres.USER,
                    "FLYWATCH_CONNECTIONS_SOURCE_PASSWORD",
                    EmbeddedPostgres.PASSWORD,
                    "FLYWATCH_CDC_VERIFICATION_LEASE",
                    "3s");
            try (Shop shop = new Shop(PIPELINE, kafka.bootstrapServers(), postgres.jdbcUrl("postgres"))) {
                shop.fill(ROWS);
                shop.declare();
                verify(shop, target, dir, environment);
            } finally {
                connect.stop(0);
            }
        }
    }

    private static void verify(Shop shop, StandInTarget target, Path dir, Map<String, String> environment)
            throws Exception {
        Processor first = Processor.start(dir, environment);
        String path;
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    target.collection(shop.collection()).countDocuments())
                            .isEqualTo(ROWS));
            target.collection(shop.collection()).deleteOne(new Document("_id", 3L));
            target.collection(shop.collection()).deleteOne(new Document("_id", (long) ROWS - 1));
            path = given().port(first.port())
                    .contentType(ContentType.JSON)
                    .body(Map.of("chunkSize", 50, "maxRowsPerSecond", 800))
                    .post("/api/v1/pipelines/" + PIPELINE + "/verifications")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location")
                    .replaceFirst("^https?://[^/]+", "");
            awaitRows(shop, first, path, 300);
        } finally {
            first.kill();
        }
        Processor second = Processor.start(dir, environment);
        try {
            awaitRows(shop, second, path, 1_600);
        } finally {
            second.kill();
        }

        Processor last = Processor.start(dir, environment);
        try {
            await().atMost(SOON).pollInSameThread().ignoreExceptions().untilAsserted(() -> {
                shop.beat();
                given().port(last.port()).get(path).then().body("stage", equalTo("mismatched"));
            });
            given().port(last.port())
                    .get(path)
                    .then()
                    .body("rows", equalTo(ROWS))
                    .body("missing", equalTo(2))
                    .body("extra", equalTo(0))
                    .body("different", equalTo(0));
            given().port(last.port())
                    .get(path + "/mismatches")
                    .then()
                    .body("mismatches.key.flatten()", equalTo(List.of("3", Integer.toString(ROWS - 1))));
        } finally {
            last.kill();
        }
    }

    /** With heartbeats all the while: a verification rests while the pipeline looks as if it were behind. */
    private static void awaitRows(Shop shop, Processor processor, String path, int rows) {
        await().atMost(SOON)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    shop.beat();
                    given().port(processor.port()).get(path).then().body("rows", greaterThan(rows));
                });
    }

    private static void create(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(topic.config()))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** The packaged processor as a process of its own. */
    private record Processor(Process process, int port) {

        static Processor start(Path dir, Map<String, String> environment) throws IOException {
            int port = FreePort.find();
            Path log = Files.createTempFile(dir, "processor", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            return new Processor(builder.start(), port);
        }

        /** As {@code kill -9} does. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
