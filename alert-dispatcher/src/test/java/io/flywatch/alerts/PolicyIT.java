package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.fingerprint;
import static io.flywatch.alerts.Dialogue.told;
import static io.flywatch.alerts.Dialogue.v2;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flywatch.alerts.alert.Labels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with a policy of its own: what is posted, held back, told, acknowledged and escalated. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(PolicyIT.WithPolicy.class)
class PolicyIT {

    private static final Path FILE = Path.of("target", "policy-it.yaml").toAbsolutePath();
    private static final String SECRET = "a-signing-secret";

    /** Names the policy's file. */
    public static final class WithPolicy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "flywatch.policy.file",
                    FILE.toString(),
                    "flywatch.policy.look-every",
                    "PT1H",
                    "hook.secret",
                    SECRET);
        }
    }

    static void write(String base, String more) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, """
                    receivers:
                      - {name: hook, type: webhook, url: "%1$s/hook", secret: "${hook.secret}", allow_private: true}
                      - {name: second, type: webhook, url: "%1$s/second", allow_private: true}
                      - {name: broken, type: webhook, url: "%1$s/broken", allow_private: true, fallback: second}
                      - {name: inside, type: webhook, url: "%1$s/inside"}
                    route:
                      receiver: hook
                      group_by: [...]
                      group_wait: 0s
                      routes:
                        - {matchers: [team="broken"], receiver: broken}
                        - {matchers: [team="inside"], receiver: inside}
                        - {matchers: [team="chain"], receiver: hook, escalation: chain}
                        - {matchers: [team="group"], receiver: hook, group_by: [team], group_wait: 2s}
                    escalations:
                      - {name: chain, steps: [{after: 1s, receivers: [second]}]}
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
        for (String path : List.of("/hook", "/second", "/inside")) {
            Surroundings.web().stubFor(post(urlEqualTo(path)).willReturn(ok()));
        }
        Surroundings.web()
                .stubFor(post(urlEqualTo("/broken"))
                        .willReturn(aResponse().withStatus(410).withBody("gone")));
    }

    @Test
    void takesWhatAnAlertmanagerTellsItsWebhook() {
        String told = """
                {"version":"4","groupKey":"{}:{team=\\"am\\"}","truncatedAlerts":0,"status":"%1$s","receiver":"flywatch",
                 "groupLabels":{"team":"am"},"commonLabels":{"team":"am"},"commonAnnotations":{},"externalURL":"http://am:9093",
                 "alerts":[{"status":"%1$s","labels":{"alertname":"FromAlertmanager","team":"am","severity":"error"},
                   "annotations":{"summary":"the disk fills up","runbook_url":"https://runbooks.example.org/disk"},
                   "startsAt":"2026-11-22T10:00:00.123Z","endsAt":"%2$s","generatorURL":"http://prometheus/graph?g0",
                   "fingerprint":"5f972974ccf1ee9b"}]}
                """;
        String path = "/api/v1/alertmanager/webhook";
        Dialogue.post(path, told.formatted("firing", "0001-01-01T00:00:00Z")).statusCode(200);
        Dialogue.post(path, told.formatted("firing", "0001-01-01T00:00:00Z")).statusCode(200);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("/hook", "FromAlertmanager")).hasSize(1));
        Dialogue.post(path, told.formatted("resolved", Instant.now().minusSeconds(1)))
                .statusCode(200);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("/hook", "FromAlertmanager")).hasSize(2));
        assertThat(told("/hook", "FromAlertmanager").getFirst().getBodyAsString())
                .contains(
                        "\"kind\":\"firing\"",
                        "\"severity\":\"critical\"",
                        "the disk fills up",
                        "runbooks.example.org");
        assertThat(told("/hook", "FromAlertmanager").getLast().getBodyAsString())
                .contains("\"kind\":\"resolved\"");
        Dialogue.post(path, "{\"alerts\":[{\"labels\":{}}]}")
                .statusCode(400)
                .body("detail", Matchers.containsString("it has no labels"));
    }

    @Test
    void takesWhatPrometheusPostsAndTellsTheEndAtOnce() throws Exception {
        String alert =
                "{\"labels\":{\"alertname\":\"Up\",\"severity\":\"page\"},\"annotations\":{\"summary\":\"<b>it</b>\"},"
                        + "\"startsAt\":\"2026-11-22T10:00:00Z\",\"endsAt\":\"%s\",\"generatorURL\":\"http://prometheus/graph\"}";
        String later = Instant.now().plusSeconds(600).toString();
        v2("[" + alert.formatted(later) + "]").statusCode(200);
        v2("[" + alert.formatted(later) + "," + alert.formatted(later) + "]").statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(told("/hook", "Up")).hasSize(1));
        v2("[" + alert.formatted(Instant.now().minusSeconds(1)) + "]").statusCode(200);

        await().atMost(SOON).untilAsserted(() -> assertThat(told("/hook", "Up")).hasSize(2));
        LoggedRequest first = told("/hook", "Up").getFirst();
        assertThat(first.getBodyAsString())
                .contains("\"kind\":\"firing\"", "\"severity\":\"critical\"", "http://prometheus/graph");
        assertThat(told("/hook", "Up").getLast().getBodyAsString()).contains("\"kind\":\"resolved\"");
        assertThat(first.getHeader("Idempotency-Key")).startsWith("flywatch-notice-");
        assertThat(isSigned(first)).isTrue();
        given().get("/api/v2/status").then().statusCode(200).body("cluster.status", Matchers.is("disabled"));
        given().get("/-/healthy").then().statusCode(200);
        given().get("/-/ready").then().statusCode(200);
    }

    @Test
    void endsAnAlertThatIsNotHeardOfAgain() {
        v2(alert("Silent", "a", ",\"endsAt\":\"" + Instant.now().plusSeconds(2) + "\""))
                .statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Silent"))
                        .extracting(LoggedRequest::getBodyAsString)
                        .satisfiesExactly(
                                body -> assertThat(body).contains("\"kind\":\"firing\""),
                                body -> assertThat(body).contains("\"kind\":\"resolved\"")));
    }

    @Test
    void refusesWhatIsWrongAndKeepsTheRest() {
        v2("[{\"labels\":{\"alertname\":\"Bad\\u0000\"}},{\"labels\":{}},{\"labels\":{\"alertname\":\"Good\",\"n\":\"1\"}}]")
                .statusCode(400)
                .body("detail", Matchers.containsString("alert 0: the label 'alertname' has control characters"))
                .body("detail", Matchers.containsString("alert 1: it has no labels"));
        v2("[{\"labels\":{\"alertname\":\"" + "x".repeat(2000) + "\"}}]").statusCode(400);
        v2("no json").statusCode(400);
        v2("[{\"labels\":{\"alertname\":\"Late\"},\"startsAt\":\"yesterday\"}]").statusCode(400);
        v2("[{\"labels\":{\"alertname\":\"Huge\"},\"annotations\":{\"summary\":\"" + "x".repeat(1_000_000)
                        + "\\u0000\"}}]")
                .statusCode(200);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(told("/hook", "Good")).hasSize(1);
            assertThat(told("/hook", "Huge")).hasSize(1);
        });
        assertThat(told("/hook", "Huge").getFirst().getBody().length).isLessThan(20_000);
    }

    @Test
    void tellsNobodyOfWhatIsSilencedAndSaysWhy() {
        String id = given().contentType("application/json")
                .body(
                        "{\"matchers\":[\"alertname=\\\"Quiet\\\"\"],\"duration\":\"1h\",\"createdBy\":\"kim\",\"comment\":\"works\"}")
                .post("/api/v1/silences")
                .then()
                .statusCode(200)
                .body("state", Matchers.is("active"))
                .extract()
                .path("id");
        v2(alert("Quiet", "a", "")).statusCode(200);

        String fingerprint =
                Labels.of(Map.of("alertname", "Quiet", "team", "a")).fingerprint();
        given().get("/api/v1/alerts/" + fingerprint + "/decisions")
                .then()
                .statusCode(200)
                .body("[0].reason", Matchers.is("silenced"))
                .body("[0].explanation", Matchers.containsString("by kim"));
        assertThat(told("/hook", "Quiet")).isEmpty();

        given().delete("/api/v1/silences/" + id).then().statusCode(200).body("state", Matchers.is("expired"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Quiet")).hasSize(1));
        given().contentType("application/json")
                .body("{\"matchers\":[\"x=~\\\".*\\\"\"],\"duration\":\"1h\",\"createdBy\":\"kim\"}")
                .post("/api/v1/silences")
                .then()
                .statusCode(400)
                .body("detail", Matchers.containsString("a silence of everything"));
    }

    @Test
    void tellsAGroupTogether() {
        String many = IntStream.range(0, 30)
                .mapToObj(i -> "{\"labels\":{\"alertname\":\"Group" + i + "\",\"team\":\"group\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        v2(many).statusCode(200);
        assertThat(told("/hook", "\"team\":\"group\"")).isEmpty();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("/hook", "\"team\":\"group\"")).hasSize(1));
        assertThat(told("/hook", "\"team\":\"group\"").getFirst().getBodyAsString())
                .contains("\"firing\":30", "(30 firing)");
    }

    @Test
    void keepsTheOldPolicyIfTheNewOneIsWrongAndTellsNobodyTwiceAfterAGoodOne() {
        v2(alert("Reload", "a", "")).statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Reload")).hasSize(1));

        write(Surroundings.web().baseUrl(), "storm: {groups_per_minute: many}\nnonsense: 1");
        given().post("/api/v1/policy/reload")
                .then()
                .statusCode(422)
                .body("detail", Matchers.containsString("line 17, column 28: 'many' is no whole number"))
                .body("detail", Matchers.containsString("line 18, column 1: there is no setting 'nonsense'"));
        given().get("/api/v1/policy").then().body("status.flaws", Matchers.hasSize(2));
        write(Surroundings.web().baseUrl(), "storm: {groups_per_minute: 0}");
        given().post("/api/v1/policy/reload").then().statusCode(200).body("status.flaws", Matchers.empty());
        v2(alert("Reload2", "a", "")).statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Reload2")).hasSize(1));
        assertThat(told("/hook", "\"Reload\"")).hasSize(1);
    }

    @Test
    void previewsWhatWouldHappen() {
        given().contentType("application/json")
                .body("{\"labels\":{\"alertname\":\"New\",\"team\":\"group\"},\"annotations\":{\"summary\":\"hello\"}}")
                .post("/api/v1/preview")
                .then()
                .statusCode(200)
                .body("[0].route", Matchers.is("root/team=\"group\""))
                .body("[0].reason", Matchers.is("waiting"))
                .body("[0].receivers", Matchers.contains("hook"))
                .body("[0].messages.hook", Matchers.containsString("hello"));
        assertThat(given().get("/api/v1/receivers").asString()).doesNotContain(SECRET);
    }

    private static boolean isSigned(LoggedRequest request) throws Exception {
        String header = request.getHeader("X-Flywatch-Signature");
        String time = header.replaceAll("t=(\\d+),v1=.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((time + "." + request.getBodyAsString()).getBytes(StandardCharsets.UTF_8));
        return header.equals("t=" + time + ",v1=" + HexFormat.of().formatHex(expected));
    }
}
