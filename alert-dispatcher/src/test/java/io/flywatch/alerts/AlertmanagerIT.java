package io.flywatch.alerts;

import static io.flywatch.alerts.Dialogue.taken;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dashboards ask an Alertmanager for beside what amtool asks: its groups, and silences that are edited. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class AlertmanagerIT {

    @BeforeEach
    void startWithEmptyInboxes() {
        NightIT.emptyInboxes();
    }

    @Test
    void showsGroupsAndHushesByLabelsOfAnyName() {
        taken("[{\"labels\":{\"alertname\":\"Grouped\",\"k8s.io/app 🙂\":\"shop\"}}]");
        String found = "find { it.labels.alertname == 'Grouped' }";
        groups("alertname=Grouped", "hook")
                .body("size()", equalTo(1))
                .body("[0].receiver.name", equalTo("hook"))
                .body("[0].labels.'k8s.io/app 🙂'", equalTo("shop"))
                .body("[0].alerts." + found + ".status.state", equalTo("active"));
        groups("alertname=Grouped", "calm").body("$", empty());

        String id = silence("", "k8s.io/app 🙂", 3600, 200).extract().path("silenceID");

        given().queryParam("filter", "\"k8s.io/app 🙂\"=\"shop\"")
                .get("/api/v2/silences")
                .then()
                .body("id", contains(id));
        groups("\"k8s.io/app 🙂\"=shop", "")
                .body("[0].alerts[0].status.state", equalTo("suppressed"))
                .body("[0].alerts[0].status.silencedBy", contains(id));
    }

    @Test
    void keepsTheIdOfASilenceThatIsAboutTheSameAndEndsOneThatIsNot() {
        String id = silence("", "edited", 600, 200).extract().path("silenceID");

        silence(id, "edited", 7200, 200).body("silenceID", equalTo(id));
        String other = silence(id, "another", 600, 200)
                .body("silenceID", not(equalTo(id)))
                .extract()
                .path("silenceID");

        given().get("/api/v2/silence/" + id).then().body("status.state", equalTo("expired"));
        given().get("/api/v2/silence/" + other).then().body("status.state", equalTo("active"));
        silence(id, "another", 600, 200).body("silenceID", not(equalTo(id)));
        silence("nobody", "edited", 600, 404);
        given().get("/api/v2/silences").then().body("id", hasItem(other));
    }

    private static ValidatableResponse groups(String filter, String receiver) {
        return given().queryParam("filter", filter)
                .queryParam("receiver", receiver)
                .get("/api/v2/alerts/groups")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse silence(String id, String label, int seconds, int status) {
        Instant now = Instant.now();
        return given().contentType("application/json")
                .body("""
                        {"id": "%s", "matchers": [{"name": "%s", "value": "shop", "isRegex": false}], "startsAt": "%s",
                         "endsAt": "%s", "createdBy": "kim", "comment": "works"}
                        """.formatted(id, label, now, now.plusSeconds(seconds)))
                .post("/api/v2/silences")
                .then()
                .statusCode(status);
    }
}
