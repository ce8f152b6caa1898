package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMailUtil;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.events.Topics;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EverybodyIsToldIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant SINCE = Instant.parse("2026-11-22T14:03:10Z");

    @Inject
    ObjectMapper json;

    @BeforeEach
    void startWithEmptyInboxes() throws Exception {
        Surroundings.web().resetAll();
        Surroundings.mail().purgeEmailFromAllMailboxes();
        Surroundings.web().stubFor(post(urlEqualTo(Surroundings.SLACK_PATH)).willReturn(ok("ok")));
        Surroundings.web()
                .stubFor(post(urlEqualTo("/v2/enqueue"))
                        .willReturn(okJson("{\"status\":\"success\"}").withStatus(202)));
    }

    @Test
    void tellsAllThreeOfTheBeginningAndOfTheEndAndNobodyTwice() throws Exception {
        Anomaly anomaly = anomaly("ep-1", Severity.CRITICAL, "shop: <b>lag</b> is 310 s & more, over 300 s");
        AnomalyEvent opened = new AnomalyOpened("shop", "run-1", SINCE.plusSeconds(5), anomaly);

        send(opened, opened);
        send(new AnomalyUpdated("shop", "run-1", SINCE.plusSeconds(20), anomaly));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(slack())
                    .filteredOn(body -> body.contains("shop: high lag"))
                    .hasSize(1);
            assertThat(pagerDuty("trigger")).isEqualTo(1);
            assertThat(subjects()).contains("[CRITICAL] shop: high lag");
        });
        assertThat(slack().getLast())
                .contains("&lt;b&gt;lag&lt;/b&gt; is 310 s &amp; more")
                .contains("Likely cause");

        send(new AnomalyClosed("shop", "run-1", SINCE.plusSeconds(60), anomaly, "back in range"));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(slack())
                    .filteredOn(body -> body.contains("shop: high lag"))
                    .hasSize(2);
            assertThat(pagerDuty("resolve")).isEqualTo(1);
            assertThat(subjects()).contains("[CRITICAL] shop: high lag", "[RESOLVED] shop: high lag");
        });
        assertThat(pagerDuty("trigger")).isEqualTo(1);
        assertThatMailIsWellFormed();
        assertThatHistorySaysWhy(fingerprint("shop"));
        await().atMost(SOON).untilAsserted(() -> assertThatFactsWentOut(fingerprint("shop")));
    }

    @Test
    void comesBackWhenSlackSaysAndKeepsTheOrder() throws Exception {
        Surroundings.web()
                .stubFor(post(urlEqualTo(Surroundings.SLACK_PATH))
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "2"))
                        .willSetStateTo("calm"));
        Surroundings.web()
                .stubFor(post(urlEqualTo(Surroundings.SLACK_PATH))
                        .inScenario("busy")
                        .whenScenarioStateIs("calm")
                        .willReturn(aResponse().withStatus(200).withBody("ok")));
        Anomaly anomaly = anomaly("ep-2", Severity.WARNING, "books: lag is 70 s, over 60 s");

        send(new AnomalyOpened("books", "run-2", SINCE, anomaly));
        send(new AnomalyClosed("books", "run-2", SINCE.plusSeconds(1), anomaly, "back in range"));

        await().atMost(SOON)
                .untilAsserted(() -> given().queryParam("alert", fingerprint("books"))
                        .get("/api/v1/notices")
                        .then()
                        .statusCode(200)
                        .body("size()", Matchers.is(4))
                        .body("state", Matchers.everyItem(Matchers.is("delivered"))));
        assertThat(slack())
                .filteredOn(body -> body.contains("books"))
                .satisfiesExactly(
                        body -> assertThat(body).contains("[WARNING]"),
                        body -> assertThat(body).contains("[WARNING]"),
                        body -> assertThat(body).contains("[RESOLVED]"));
        assertThat(subjects()).contains("[WARNING] books: high lag", "[RESOLVED] books: high lag");
        given().queryParam("alert", fingerprint("books"))
                .queryParam("receiver", "slack")
                .get("/api/v1/notices")
                .then()
                .statusCode(200)
                .body("attempts", Matchers.contains(1, 2));
    }

    @Test
    void showsARefusalAndTellsTheOthersAllTheSame() throws Exception {
        Surroundings.web()
                .stubFor(post(urlEqualTo(Surroundings.SLACK_PATH))
                        .willReturn(aResponse().withStatus(403).withBody("invalid_token")));
        Anomaly anomaly = anomaly("ep-3", Severity.WARNING, "pets: lag is 70 s, over 60 s");

        sendText("no json at all");
        send(new AnomalyOpened("pets", "run-3", SINCE, anomaly));

        await().atMost(SOON)
                .untilAsserted(() -> given().queryParam("alert", fingerprint("pets"))
                        .get("/api/v1/notices")
                        .then()
                        .statusCode(200)
                        .body("find { it.receiver == 'slack' }.state", Matchers.is("refused"))
                        .body("find { it.receiver == 'slack' }.outcome", Matchers.is("HTTP 403: invalid_token"))
                        .body("find { it.receiver == 'email' }.state", Matchers.is("delivered")));
        assertThat(slack()).filteredOn(body -> body.contains("pets")).hasSize(1);
    }

    @Test
    void escalatesToPagerDutyOnce() throws Exception {
        send(new AnomalyOpened("cars", "run-4", SINCE, anomaly("ep-4", Severity.WARNING, "cars: lag is 70 s")));
        Anomaly worse = anomaly("ep-4", Severity.CRITICAL, "cars: lag is 310 s");

        send(new AnomalyUpdated("cars", "run-4", SINCE.plusSeconds(240), worse));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(pagerDuty("trigger")).isEqualTo(1);
            assertThat(subjects()).containsExactly("[WARNING] cars: high lag", "[CRITICAL] cars: high lag");
        });
    }

    @Test
    void answersForItsReceiversWithoutTheirSecrets() {
        String answer = given().get("/api/v1/receivers")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer).contains("slack", "email", "pagerduty").doesNotContain("secret", Surroundings.ROUTING_KEY);
        given().post("/api/v1/receivers/slack/test").then().statusCode(200).body("outcome", Matchers.is("delivered"));
        given().post("/api/v1/receivers/pigeon/test")
                .then()
                .statusCode(404)
                .body("remedy", Matchers.containsString("email"));
        assertThat(slack()).filteredOn(body -> body.contains("[TEST]")).hasSize(2);
    }

    @Test
    void namesWhatIsMissingForReadiness() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'kafka' }.status", Matchers.is("UP"))
                .body("checks.find { it.name == 'postgresql' }.status", Matchers.is("UP"))
                .body("checks.find { it.name == 'kafka-connect' }.status", Matchers.is("DOWN"));
        assertThat(given().get("/q/metrics").asString())
                .contains("alert_notices_total{outcome=\"delivered\",receiver=\"slack\"}")
                .contains("alert_delivery_seconds_count{receiver=\"pagerduty\"}")
                .contains("alerts{state=\"firing\"}");
    }

    private static Anomaly anomaly(String id, Severity severity, String summary) {
        return new Anomaly(
                id,
                "high_lag",
                "lag",
                severity,
                310,
                300,
                "seconds",
                SINCE,
                320,
                summary,
                "the target is slow: 4 of 5 s",
                null,
                null);
    }

    private static String fingerprint(String migration) {
        return Labels.of("high_lag", migration, "lag").fingerprint();
    }

    private void send(AnomalyEvent... events) throws JsonProcessingException {
        for (AnomalyEvent event : events) {
            sendText(json.writeValueAsString(event));
        }
    }

    private static void sendText(String value) {
        Map<String, Object> config = Map.of("bootstrap.servers", Surroundings.kafka());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.ANOMALIES, "shop", value));
        }
    }

    private static List<String> slack() {
        return Dialogue.told(Surroundings.SLACK_PATH, "").stream()
                .map(LoggedRequest::getBodyAsString)
                .toList();
    }

    private static int pagerDuty(String action) {
        return Surroundings.web()
                .findAll(postRequestedFor(urlEqualTo("/v2/enqueue"))
                        .withRequestBody(matchingJsonPath("$.event_action", containing(action)))
                        .withRequestBody(matchingJsonPath("$.routing_key", containing(Surroundings.ROUTING_KEY))))
                .size();
    }

    private static List<String> subjects() throws MessagingException {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : Surroundings.mail().getReceivedMessages()) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    private static void assertThatMailIsWellFormed() throws Exception {
        MimeMessage[] mails = Surroundings.mail().getReceivedMessages();
        String source = GreenMailUtil.getWholeMessage(mails[0]);
        assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mails[0].getHeader("References")).isEqualTo(mails[1].getHeader("References"));
        assertThat(mails[0].getHeader("Message-ID")).hasSize(1).isNotEqualTo(mails[1].getHeader("Message-ID"));
        assertThat(mails[0].getMessageID()).startsWith("<flywatch.").endsWith("@example.org>");
        assertThat(source).contains("text/plain", "text/html", "&lt;b&gt;lag");
    }

    private static void assertThatHistorySaysWhy(String fingerprint) {
        given().get("/api/v1/alerts/" + fingerprint)
                .then()
                .statusCode(200)
                .body("state", Matchers.is("resolved"))
                .body("decisions.reason", Matchers.contains("over", "first"))
                .body("notices.size()", Matchers.is(6));
    }

    private static void assertThatFactsWentOut(String fingerprint) throws SQLException {
        String facts = """
                select count(*) from pg_logical_slot_peek_binary_changes('flywatch_outbox_dispatcher', null, null,
                  'proto_version', '1', 'publication_names', 'flywatch_outbox_dispatcher')
                where encode(data, 'escape') like ? and encode(data, 'escape') like ?
                """;
        try (var connection = Surroundings.postgres().connect("flywatch");
                var statement = connection.prepareStatement(facts)) {
            for (var expected : Map.of("alert.fired", 1, "alert.resolved", 1, "notice.delivered", 6)
                    .entrySet()) {
                statement.setString(1, "%" + fingerprint + "%");
                statement.setString(2, "%\"type\":\"" + expected.getKey() + "\"%");
                try (var row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1)).as(expected.getKey()).isEqualTo(expected.getValue());
                }
            }
        }
    }
}
