package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flywatch.alerts.alert.Labels;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What tests say to the service, and what they hear from it. */
final class Dialogue {

    static final Duration SOON = Duration.ofSeconds(60);

    private Dialogue() {}

    /** Posts alerts as Prometheus does. */
    static ValidatableResponse v2(String body) {
        return post("/api/v2/alerts", body);
    }

    static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    /** Posts alerts, all of which are good. */
    static void taken(String body) {
        v2(body).statusCode(200);
    }

    /** One alert of a team. */
    static String alert(String name, String team, String more) {
        return "[{\"labels\":{\"alertname\":\"" + name + "\",\"team\":\"" + team + "\"}" + more + "}]";
    }

    /** Makes an alert one that is over. */
    static String ended() {
        return ",\"endsAt\":\"" + Instant.now().minusMillis(1) + "\"";
    }

    static String fingerprint(String name, String team) {
        return Labels.of(Map.of("alertname", name, "team", team)).fingerprint();
    }

    /** Why somebody was told of it last, or nobody. */
    static String reason(String fingerprint) {
        return given().get("/api/v1/alerts/" + fingerprint + "/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("[0].reason");
    }

    static String reason(String name, String team) {
        return reason(fingerprint(name, team));
    }

    /** What a receiver was told that has this in it. */
    static List<LoggedRequest> told(String path, String what) {
        return Surroundings.web().findAll(postRequestedFor(urlEqualTo(path))).stream()
                .filter(request -> request.getBodyAsString().contains(what))
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }

    static void sql(String statement) throws SQLException {
        try (var connection = Surroundings.postgres().connect("flywatch");
                var work = connection.createStatement()) {
            work.execute(statement);
        }
    }
}
