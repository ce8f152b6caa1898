package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.ended;
import static io.flywatch.alerts.Dialogue.fingerprint;
import static io.flywatch.alerts.Dialogue.reason;
import static io.flywatch.alerts.Dialogue.sql;
import static io.flywatch.alerts.Dialogue.taken;
import static io.flywatch.alerts.Dialogue.told;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.events.Topics;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps a night quiet: a bot that edits, storms summed up, silences that end, signs of life, mute times, acknowledgements. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class NightIT {

    private static final int STORM = 30;

    @Inject
    ObjectMapper json;

    static void write(String base, String more) {
        try {
            Files.createDirectories(NightProfile.FILE.getParent());
            Files.writeString(NightProfile.FILE, """
                    receivers:
                      - {name: hook, type: webhook, url: "%1$s/hook", allow_private: true, rate: off}
                      - {name: calm, type: webhook, url: "%1$s/calm", allow_private: true}
                      - {name: beat, type: webhook, url: "%1$s/beat", allow_private: true}
                      - {name: bot, type: slack, token: "${bot.token}", channel: C1, api: "%1$s/api", rate: off}
                      - {name: mail, type: email, to: [night@example.org], from: Flywatch <flywatch@example.org>}
                    route:
                      receiver: hook
                      group_by: [...]
                      group_wait: 0s
                      routes:
                        - {matchers: [team="bot"], receiver: bot}
                        - {matchers: [team="mail"], receiver: mail}
                        - {matchers: [team="storm"], receiver: calm}
                        - {matchers: [team="mute"], receiver: hook, mute_times: [always]}
                        - {matchers: [team="again"], receiver: hook, repeat_interval: 1s}
                    mute_times:
                      - {name: always, windows: [{zone: Pacific/Auckland}]}
                    storm: {groups_per_minute: 30}
                    silences: {notice_before: 20s}
                    flapping: {starts: 3, within: 15m, steady_after: 4s}
                    heartbeat: {receiver: beat, every: 1s}
                    %2$s
                    """.formatted(base, more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void startWithEmptyInboxes() {
        emptyInboxes();
    }

    static void emptyInboxes() {
        Surroundings.web().resetAll();
        for (String path : List.of("/hook", "/calm", "/beat")) {
            Surroundings.web().stubFor(post(urlEqualTo(path)).willReturn(ok()));
        }
    }

    @Test
    void sumsAStormUpAndSaysWhenItIsOver() throws Exception {
        String many = IntStream.range(0, STORM + 20)
                .mapToObj(i -> "{\"labels\":{\"alertname\":\"Storm" + i + "\",\"team\":\"storm\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        taken(many);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/calm", "Storm")).hasSize(STORM));
        List<String> reasons = IntStream.range(0, STORM + 20)
                .mapToObj(i -> reason("Storm" + i, "storm"))
                .toList();
        assertThat(reasons).filteredOn("first"::equals).hasSize(STORM);
        assertThat(reasons).filteredOn("storm"::equals).hasSize(20);

        // The minute is over.
        sql("update dispatcher.storm set minute = minute - interval '1 minute'");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/calm", "alert_storm"))
                        .singleElement()
                        .satisfies(summary -> assertThat(summary.getBodyAsString())
                                .contains("20 more groups of alerts began", "among them Storm")));
        sql("update dispatcher.storm set minute = minute - interval '1 minute'");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/calm", "alert_storm")).hasSize(2));
        assertThat(told("/calm", "alert_storm").getLast().getBodyAsString()).contains("\"kind\":\"resolved\"");
    }

    @Test
    void tellsOfASilenceThatEndsSoonWhileItsAlertsFire() {
        given().contentType("application/json")
                .body(
                        "{\"matchers\":[\"alertname=\\\"Ends\\\"\"],\"duration\":\"21s\",\"createdBy\":\"kim\",\"comment\":\"index build\"}")
                .post("/api/v1/silences")
                .then()
                .statusCode(200);
        taken(alert("Ends", "a", ""));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Ends"))
                        .isNotEmpty()
                        .first()
                        .satisfies(notice -> assertThat(notice.getBodyAsString())
                                .contains("\"kind\":\"information\"", "the silence by kim ends at", "index build")));
        assertThat(reason("Ends", "a")).isEqualTo("silenced");
    }

    @Test
    void givesSignsOfLifeThatDoNotQueueUpBehindADeadReceiver() throws Exception {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/beat", "is alive")).isNotEmpty());
        Surroundings.web()
                .stubFor(post(urlEqualTo("/beat")).willReturn(aResponse().withStatus(500)));

        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/notices?receiver=beat&state=dropped")
                        .then()
                        .body("size()", Matchers.greaterThanOrEqualTo(2))
                        .body("[0].outcome", Matchers.is("something newer took its place")));
        given().get("/api/v1/notices?receiver=beat&state=queued").then().body("size()", Matchers.lessThanOrEqualTo(2));
    }

    @Test
    void sendsWhatAReplicaQueuedWhoseClockWasAnHourAhead() throws Exception {
        taken(alert("Ahead", "a", ""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Ahead")).hasSize(1));
        sql("insert into dispatcher.notice (receiver, thread, fingerprints, kind, state, story, created_at, due_at)"
                + " select receiver, thread, fingerprints, kind, 'QUEUED', story, created_at + interval '1 hour',"
                + " due_at + interval '1 hour' from dispatcher.notice where story like '%Ahead%'");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Ahead")).hasSize(2));
    }

    @Test
    void keepsQuietInAMuteTimeAndSaysSo() {
        taken(alert("Muted", "mute", ""));

        assertThat(reason("Muted", "mute")).isEqualTo("muted");
        assertThat(told("/hook", "Muted")).isEmpty();
    }

    @Test
    void repeatsUntilSomebodyIsOnItAndTellsTheEndAllTheSame() {
        taken(alert("Again", "again", ""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Again")).hasSizeGreaterThanOrEqualTo(2));
        String fingerprint = fingerprint("Again", "again");
        given().contentType("application/json")
                .body("{\"by\":\"kim <!channel>\"}")
                .post("/api/v1/alerts/" + fingerprint + "/acknowledge")
                .then()
                .statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reason("Again", "again")).isEqualTo("acknowledged"));
        taken(alert("Again", "again", ended()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Again").getLast().getBodyAsString())
                        .contains("\"kind\":\"resolved\""));
        taken(alert("Again", "again", ""));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/alerts/" + fingerprint)
                        .then()
                        .body("acknowledged", Matchers.nullValue())
                        .body("decisions[0].reason", Matchers.oneOf("first", "repeat", "told-already")));
        taken(alert("Again", "again", ended()));
    }

    @Test
    void tellsOnceOfWhatComesAndGoes() {
        for (int i = 0; i < 3; i++) {
            taken(alert("Flaps", "a", ""));
            if (i < 2) {
                taken(alert("Flaps", "a", ended()));
            }
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Flaps")).hasSize(5));
        taken(alert("Flaps", "a", ended()));
        assertThat(reason("Flaps", "a")).isEqualTo("unsteady");
        taken(alert("Flaps", "a", ""));
        taken(alert("Flaps", "a", ended()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Flaps")).hasSize(6));
        assertThat(told("/hook", "Flaps").get(4).getBodyAsString()).contains("came and went 3 times");
        assertThat(told("/hook", "Flaps").getLast().getBodyAsString()).contains("\"kind\":\"resolved\"");
    }

    @Test
    void holdsBackWhatAnotherAlertExplainsAlsoOverAReload() {
        taken("[{\"labels\":{\"alertname\":\"connector_failed\",\"migration\":\"pets\"}}]");
        taken("[{\"labels\":{\"alertname\":\"high_lag\",\"migration\":\"pets\"}}]");
        String fingerprint =
                Labels.of(Map.of("alertname", "high_lag", "migration", "pets")).fingerprint();
        assertThat(reason(fingerprint)).isEqualTo("inhibited");

        write(Surroundings.web().baseUrl(), "# another file");
        given().post("/api/v1/policy/reload").then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(reason(fingerprint)).isEqualTo("inhibited"));
        assertThat(told("/hook", "high_lag")).isEmpty();
        taken("[{\"labels\":{\"alertname\":\"connector_failed\",\"migration\":\"pets\"}" + ended() + "}]");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "high_lag")).hasSize(1));
    }

    @Test
    void alarmsWhenNothingIsHeardOfARunAnyMore() throws Exception {
        Instant now = Instant.now();
        ProgressSample sample = new ProgressSample(
                "mute-runner",
                "r1",
                now,
                RunState.RUNNING,
                null,
                "copying",
                1,
                null,
                null,
                1,
                null,
                0,
                0,
                null,
                List.of(),
                null);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Surroundings.kafka()), new StringSerializer(), new StringSerializer())) {
            // Each of them is a sign of life; between them it is missed.
            await().atMost(SOON).pollInterval(Duration.ofSeconds(4)).untilAsserted(() -> {
                producer.send(new ProducerRecord<>(Topics.PROGRESS, "mute-runner", json.writeValueAsString(sample)))
                        .get();
                assertThat(told("/hook", "no statistics of its run"))
                        .isNotEmpty()
                        .first()
                        .satisfies(notice -> assertThat(notice.getBodyAsString())
                                .contains("mute-runner", "\"severity\":\"critical\""));
            });
        }
    }
}
