package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.flywatch.alerts.Dialogue.SOON;
import static io.flywatch.alerts.Dialogue.alert;
import static io.flywatch.alerts.Dialogue.fingerprint;
import static io.flywatch.alerts.Dialogue.taken;
import static io.flywatch.alerts.Dialogue.told;
import static io.flywatch.alerts.Dialogue.v2;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers that refuse, hang or lead astray: others are told, and it can be seen. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(PolicyIT.WithPolicy.class)
class RefusalIT {

    @BeforeEach
    void startWithEmptyInboxes() {
        PolicyIT.emptyInboxes();
    }

    @Test
    void delaysNobodyElseBehindADeadReceiver() {
        Surroundings.web()
                .stubFor(post(urlEqualTo("/broken"))
                        .willReturn(aResponse().withStatus(500).withFixedDelay(5000)));
        for (int i = 0; i < 20; i++) {
            taken(alert("Dead" + i, "broken", ""));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/broken", "Dead")).isNotEmpty());

        taken(alert("Alive", "a", ""));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Alive")).hasSize(1));
        given().get("/api/v1/notices?receiver=broken&state=sending&limit=100")
                .then()
                .body("size()", Matchers.greaterThanOrEqualTo(10));
    }

    @Test
    void fallsBackWhereAReceiverRefusesAndTellsTheEndThereToo() {
        v2(alert("Lost", "broken", "")).statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/second", "Lost")).hasSize(1));
        v2(alert("Lost", "broken", ",\"endsAt\":\"" + Instant.now().minusSeconds(1) + "\""))
                .statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/second", "Lost")).hasSize(2));
        assertThat(told("/broken", "Lost")).hasSize(1);
        assertThat(told("/second", "Lost").getFirst().getBodyAsString()).contains("broken refused it (HTTP 410: gone)");
    }

    @Test
    void refusesToPostIntoItsOwnNetwork() {
        v2(alert("Inside", "inside", "")).statusCode(200);

        String fingerprint = fingerprint("Inside", "inside");
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/alerts/" + fingerprint)
                        .then()
                        .body("notices[0].state", Matchers.is("refused"))
                        .body("notices[0].outcome", Matchers.containsString("address is private")));
        assertThat(told("/inside", "Inside")).isEmpty();
    }

    @Test
    void followsNoRedirect() {
        Surroundings.web()
                .stubFor(post(urlEqualTo("/broken"))
                        .willReturn(aResponse()
                                .withStatus(302)
                                .withHeader("Location", Surroundings.web().baseUrl() + "/inside")));
        v2(alert("Redirect", "broken", "")).statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/second", "Redirect")).hasSize(1));
        assertThat(told("/second", "Redirect").getFirst().getBodyAsString()).contains("broken refused it (HTTP 302");
        assertThat(told("/inside", "Redirect")).isEmpty();
    }

    @Test
    void keepsWithoutItsWordsWhatPostgresqlWillNeverTake() throws Exception {
        try (var connection = Surroundings.postgres().connect("flywatch");
                var statement = connection.createStatement()) {
            statement.execute("""
                    create or replace function dispatcher.poisoned() returns trigger language plpgsql as
                    $$ begin raise exception 'it can not be kept' using errcode = '22021'; end $$;
                    create or replace trigger poisoned before update on dispatcher.notice for each row
                    when (new.outcome like '%poison%') execute function dispatcher.poisoned()
                    """);
        }
        Surroundings.web()
                .stubFor(post(urlEqualTo("/broken"))
                        .willReturn(aResponse().withStatus(410).withBody("poison")));

        v2(alert("Poison", "broken", "")).statusCode(200);
        v2(alert("Beside", "a", "")).statusCode(200);

        String fingerprint = fingerprint("Poison", "broken");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(told("/second", "Poison")).hasSize(1);
            assertThat(told("/hook", "Beside")).hasSize(1);
            given().get("/api/v1/alerts/" + fingerprint)
                    .then()
                    .body("notices.find { it.receiver == 'broken' }.state", Matchers.is("refused"))
                    .body(
                            "notices.find { it.receiver == 'broken' }.outcome",
                            Matchers.is("the answer can't be written down"));
        });
        assertThat(told("/broken", "Poison")).hasSize(1);
    }

    @Test
    void goesUpTheChainAndTellsWhoIsOnIt() {
        v2(alert("Chain", "chain", "")).statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/second", "Chain")).hasSize(1));
        assertThat(told("/hook", "Chain").getFirst().getBodyAsString())
                .contains("\"others\":[]", "\"next\":[\"second\"]");
        assertThat(told("/second", "Chain").getFirst().getBodyAsString()).contains("\"others\":[\"hook\"]");

        String fingerprint = fingerprint("Chain", "chain");
        Dialogue.post("/api/v1/alerts/" + fingerprint + "/acknowledge", "{\"by\":\"kim\",\"comment\":\"looking\"}")
                .statusCode(200)
                .body("acknowledged.by", Matchers.is("kim"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("/hook", "Chain").getLast().getBodyAsString())
                        .contains("\"kind\":\"acknowledged\"", "acknowledged by kim: looking"));
    }
}
