package io.flywatch.alerts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service as a process of its own, with the database and the policy of {@link NightProfile}.
 *
 * @param url where it answers
 * @param log what it says
 */
record PackagedReplica(Process process, String url, Path log) {

    private static final Duration START = Duration.ofSeconds(120);

    static PackagedReplica start(Path folder, List<String> jvm, Map<String, String> more) throws IOException {
        int port = FreePort.find();
        Path log = Files.createTempFile(folder, "replica", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        command.addAll(List.of(
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("FLYWATCH_CONNECT_URL", "http://127.0.0.1:1");
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", Surroundings.postgres().jdbcUrl("flywatch"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        environment.put("FLYWATCH_POLICY_FILE", NightProfile.FILE.toString());
        environment.put("BOT_TOKEN", NightProfile.TOKEN);
        environment.putAll(more);
        environment.put("QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL", "OFF");
        return new PackagedReplica(builder.start(), "http://127.0.0.1:" + port, log);
    }

    PackagedReplica await() {
        org.awaitility.Awaitility.await()
                .atMost(START)
                .ignoreExceptions()
                .failFast(() ->
                        assertThat(process.isAlive()).as(Files.readString(log)).isTrue())
                .until(() -> given().baseUri(url).get("/-/ready").statusCode() == 200);
        return this;
    }

    /** Posts alerts to it, all of which are good. */
    void taken(String body) {
        given().baseUri(url)
                .contentType("application/json")
                .body(body)
                .post("/api/v2/alerts")
                .then()
                .statusCode(200);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
}
