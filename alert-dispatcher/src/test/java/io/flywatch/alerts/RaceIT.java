package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.fingerprint;
import static io.flywatch.alerts.Dialogue.told;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged replicas that do the same at the same moment: PostgreSQL holds both up at the very statement, and lets both go on. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class RaceIT {

    private static final String DATABASE = "race";
    /** As long as no guess is made after the first that was wrong. */
    private static final Duration PAUSE = Duration.ofMillis(1200);

    @TempDir
    private static Path folder;

    private static @Nullable PackagedReplica one;
    private static @Nullable PackagedReplica other;

    @BeforeAll
    static void start() throws Exception {
        Surroundings.postgres().createDatabase(DATABASE);
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(policy, """
                receivers:
                  - {name: hook, type: webhook, url: "%1$s/hook", allow_private: true}
                  - {name: calm, type: webhook, url: "%1$s/calm", allow_private: true, concurrency: 2}
                route:
                  receiver: hook
                  group_by: [...]
                  group_wait: 0s
                  group_interval: 0s
                  routes:
                    - {matchers: [team="crowd"], receiver: hook, group_by: [team]}
                    - {matchers: [team="calm"], receiver: calm}
                storm: {groups_per_minute: 0}
                """.formatted(Surroundings.web().baseUrl()));
        one = PackagedReplica.start(folder, List.of(), settings());
        other = PackagedReplica.start(folder, List.of(), settings());
        one.await();
        other.await();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        for (PackagedReplica replica : new PackagedReplica[] {one, other}) {
            if (replica != null) {
                replica.kill();
            }
        }
    }

    @BeforeEach
    void startWithEmptyInboxes() {
        NightIT.emptyInboxes();
        // Whoever guessed wrong in another test may guess again.
        await().pollDelay(PAUSE).until(() -> true);
    }

    @Test
    void tellsOnceOfAnAlertThatBothTakeForNew() throws Exception {
        String both = alert("Both", "a", "");
        long undone = undone();

        atTheSameTime("alert", () -> one().taken(both), () -> other().taken(both));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Both")).hasSize(1));
        assertThat(decisions(fingerprint("Both", "a"))).containsExactly("first");
        allAreToldOnce(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(undone()).isEqualTo(undone + 1));
    }

    @Test
    void putsWhatBothFindNewIntoOneGroupAndTellsOfEachOnce() throws Exception {
        long undone = undone();

        atTheSameTime(
                "alert_group",
                () -> one().taken(alert("X", "crowd", "")),
                () -> other().taken(alert("Y", "crowd", "")));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "crowd"))
                        .hasSize(2)
                        .last()
                        .satisfies(last -> assertThat(last.getBodyAsString()).contains("\"firing\":2")));
        for (String name : List.of("X", "Y")) {
            assertThat(decisions(fingerprint(name, "crowd")))
                    .containsOnlyOnce("first")
                    .isSubsetOf("first", "told-already");
        }
        allAreToldOnce(2);
        await().atMost(SOON).untilAsserted(() -> assertThat(undone()).isEqualTo(undone + 1));
    }

    @Test
    void tellsOfTheBeginningAndThenWhoIsOnItWhenThatIsSaidDuringAClaim() throws Exception {
        Surroundings.web()
                .stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(503)));
        one().taken(alert("Taken", "a", ""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Taken")).isNotEmpty());
        int before = told("/hook", "Taken").size();

        // Both couriers are about to claim what is due again.
        holding("notice", 1, () -> {
            Surroundings.web().stubFor(post(urlEqualTo("/hook")).willReturn(ok()));
            Thread.ofVirtual()
                    .start(() -> given().baseUri(other().url())
                            .contentType("application/json")
                            .body("{\"by\":\"kim\"}")
                            .post("/api/v1/alerts/" + fingerprint("Taken", "a") + "/acknowledge"));
        });

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                told("/hook", "Taken").stream().skip(before).map(LoggedRequest::getBodyAsString))
                        .satisfiesExactly(
                                firing -> assertThat(firing).contains("\"kind\":\"firing\""),
                                taken -> assertThat(taken).contains("\"kind\":\"acknowledged\"", "kim")));
        nothingIsOpen();
        assertThat(told("/hook", "Taken")).hasSize(before + 2);
    }

    @Test
    void givesBackWhatItDidNotSendWhenItIsAskedToEndAndWaitsForWhatItDid() throws Exception {
        PackagedReplica leaving = PackagedReplica.start(folder, List.of(), settings());
        leaving.await();
        Surroundings.web()
                .stubFor(post(urlEqualTo("/calm")).willReturn(aResponse().withFixedDelay(2500)));
        leaving.taken(IntStream.range(0, 6)
                .mapToObj(i -> "{\"labels\":{\"alertname\":\"Leaving" + i + "\",\"team\":\"calm\"}}")
                .toList()
                .toString());
        await().atMost(SOON).until(() -> count("select count(*) from dispatcher.notice where state = 'SENDING'") >= 6);

        leaving.process().destroy();

        assertThat(leaving.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/calm", "Leaving")).hasSize(6));
        nothingIsOpen();
        allAreToldOnce(6, "/calm");
        assertThat(Files.readString(leaving.log())).contains("courier ends given_back=4 under_way=0");
        assertThat(count("select count(*) from dispatcher.notice where attempts > 1 and receiver = 'calm'"))
                .isZero();
    }

    private static Map<String, String> settings() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                Surroundings.postgres().jdbcUrl(DATABASE),
                "FLYWATCH_POLICY_FILE",
                folder.resolve("policy.yaml").toString());
    }

    /** Has two things come as far as writing to a table, and lets them go on. */
    private static void atTheSameTime(String table, Runnable first, Runnable second) throws Exception {
        Thread[] both = new Thread[2];
        holding(table, 2, () -> {
            both[0] = Thread.ofVirtual().start(first);
            both[1] = Thread.ofVirtual().start(second);
        });
        for (Thread thread : both) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
    }

    /** Nobody writes to the table until so many want to. */
    private static void holding(String table, int wanted, Runnable work) throws SQLException {
        try (Connection holder = Surroundings.postgres().connect(DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table dispatcher." + table + " in share mode");
            work.run();
            await().atMost(SOON)
                    .until(() -> count("select count(*) from pg_locks where not granted and relation = 'dispatcher."
                                    + table + "'::regclass")
                            >= wanted);
            holder.commit();
        }
    }

    private static void allAreToldOnce(int notices) throws Exception {
        allAreToldOnce(notices, "/hook");
    }

    private static void allAreToldOnce(int notices, String path) throws Exception {
        nothingIsOpen();
        assertThat(told(path, ""))
                .hasSize(notices)
                .extracting(request -> request.getHeader("Idempotency-Key"))
                .doesNotHaveDuplicates();
        for (PackagedReplica replica : List.of(one(), other())) {
            assertThat(Files.readString(replica.log())).doesNotContain(" ERROR ", "desk goes on after a fault");
        }
    }

    private static void nothingIsOpen() {
        await().atMost(SOON)
                .until(() -> count("select count(*) from dispatcher.notice where state in ('QUEUED', 'SENDING')") == 0);
    }

    private static List<String> decisions(String fingerprint) {
        return given().baseUri(one().url())
                .get("/api/v1/alerts/" + fingerprint + "/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("reason");
    }

    /** How many transactions were undone. */
    private static long undone() throws SQLException {
        return count("select xact_rollback from pg_stat_database where datname = '" + DATABASE + "'");
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = Surroundings.postgres().connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static PackagedReplica one() {
        return Objects.requireNonNull(one);
    }

    private static PackagedReplica other() {
        return Objects.requireNonNull(other);
    }
}
