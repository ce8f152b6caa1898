package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.ended;
import static io.flywatch.alerts.Dialogue.reason;
import static io.flywatch.alerts.Dialogue.taken;
import static io.flywatch.alerts.Dialogue.told;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flywatch.alerts.alert.Labels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second, packaged replica beside this one: what it finds when it starts, what they share, what it sends by mail over TLS. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class ReplicaIT {

    @TempDir
    private static Path folder;

    private static @Nullable TlsMailServer server;
    private static @Nullable PackagedReplica replica;

    @BeforeEach
    void startWithEmptyInboxes() {
        NightIT.emptyInboxes();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (replica != null) {
            replica.kill();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void sharesTheWorkWithAnotherThatKnowsWhatWasBeforeItAndIsTakenOverFrom() throws Exception {
        taken("[{\"labels\":{\"alertname\":\"connector_failed\",\"migration\":\"shared\"}}]");
        PackagedReplica second = replica();

        // What inhibits was posted before it started, and to the other.
        second.taken("[{\"labels\":{\"alertname\":\"high_lag\",\"migration\":\"shared\"}}]");
        for (int i = 0; i < 20; i++) {
            String alert = alert("Shared" + i, "a", "");
            taken(alert);
            second.taken(alert);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "\"Shared")).hasSize(20));
        String lag = Labels.of(Map.of("alertname", "high_lag", "migration", "shared"))
                .fingerprint();
        assertThat(reason(lag)).isEqualTo("inhibited");
        assertThat(told("/hook", "high_lag")).isEmpty();

        // The other dies with notices in hand; each is told once more, with the same key.
        Surroundings.web()
                .stubFor(post(urlEqualTo("/calm")).willReturn(aResponse().withFixedDelay(4000)));
        second.taken(alert("InHand", "storm", ""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/calm", "InHand")).hasSize(1));
        second.kill();
        Surroundings.web().stubFor(post(urlEqualTo("/calm")).willReturn(ok()));

        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/notices?receiver=calm&limit=1")
                        .then()
                        .body("[0].state", Matchers.is("delivered")));
        assertThat(told("/calm", "InHand"))
                .hasSize(2)
                .extracting(request -> request.getHeader("Idempotency-Key"))
                .containsOnly(key(told("/calm", "InHand").getFirst()));
        taken("[{\"labels\":{\"alertname\":\"connector_failed\",\"migration\":\"shared\"}" + ended() + "}]");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "high_lag")).hasSize(1));
    }

    @Test
    void speaksToAMailServerOverTlsOrNotAtAll() throws Exception {
        PackagedReplica speaker = replica();
        TlsMailServer listener = Objects.requireNonNull(server);

        assertThat(mailed(speaker)).startsWith("delivered");
        assertThat(listener.mails()).hasSize(2).allSatisfy(mail -> {
            assertThat(mail.encrypted()).isTrue();
            assertThat(mail.text()).contains("[TEST]", "This is a test message from Flywatch");
        });

        listener.forgetTls();
        assertThat(mailed(speaker)).startsWith("retry");
        assertThat(listener.mails()).hasSize(2);
    }

    private static String mailed(PackagedReplica speaker) {
        var answer = given().baseUri(speaker.url())
                .post("/api/v1/receivers/mail/test")
                .then()
                .statusCode(200)
                .extract();
        return answer.path("outcome") + ": " + answer.asString();
    }

    private static String key(LoggedRequest request) {
        return request.getHeader("Idempotency-Key");
    }

    /** The one that runs, or a new one. */
    private static PackagedReplica replica() throws Exception {
        if (server == null) {
            server = TlsMailServer.start(folder);
        }
        PackagedReplica running = replica;
        if (running == null || !running.process().isAlive()) {
            running = PackagedReplica.start(folder, server.trust(), server.settings());
            replica = running;
        }
        return running.await();
    }
}
