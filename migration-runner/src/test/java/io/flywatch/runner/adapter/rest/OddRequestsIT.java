package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.awaitState;
import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked, the answer is a problem that says what is wrong and what to do. */
@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class OddRequestsIT {
    /** 64 KiB of a body whose length nobody told. */
    private static final String CHUNK = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/migrations/%00",
                "/api/v1/migrations/odd/runs/%00",
                "/api/v1/migrations/odd/runs/a%00b/watch",
                "/api/v1/migrations/odd/gate?without=%00",
                "/api/v1/migrations/odd/gate?max-lag=PT9000000000000000000S",
                "/api/v1/migrations/odd/gate?min-headroom=PT9000000000000000000S",
                "/api/v1/migrations/odd/gate?steady=PT9000000000000000000S",
                "/api/v1/migrations/odd/gate?max-lag=",
                "/api/v1/migrations/odd/gate?max-error-rate=NaN",
                "/api/v1/migrations/odd/gate?wait=-PT1S"
            })
    void refusesAParameterThatMeansNothing(String url) throws Exception {
        declare("odd", "kind: external\nid: odd\n");

        told(400, given().urlEncodingEnabled(false).when().get(url).then()).body("title", containsString("Malformed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snapshots|{\"tabels\": [\"public.orders\"]}|the field 'tabels' is unknown",
                "snapshots|{\"tables\": [null]}|null stands where a value",
                "snapshots|{\"conditions\": {\"public.orders\": null}}|null stands where a value",
                "snapshots|[]|has to stand an object",
                "progress|{\"tables\": [null]}|null stands where a value",
                "progress|{\"tables\": [{\"table\": {}, \"rows\": 1}]}|at tables[0].table: here has to stand a text"
            })
    void refusesABodyAndNamesWhatIsWrongInIt(String what, String body, String detail) throws Exception {
        declare("odd", "kind: external\nid: odd\n");
        String url = start("odd");

        told(
                        400,
                        given().contentType("application/json")
                                .body(body)
                                .when()
                                .post(url + "/" + what)
                                .then())
                .body("detail", containsString(detail));

        given().body("{\"outcome\": \"succeeded\"}")
                .when()
                .post(url + "/finish")
                .then()
                .statusCode(202);
        awaitState(url, "succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "", "1", "null"})
    void refusesWhatIsNeitherTrueNorFalse(String value) throws Exception {
        declare("odd", "kind: external\nid: odd\n");

        told(
                        400,
                        given().queryParam("dryRun", value)
                                .when()
                                .post("/api/v1/migrations/odd/runs")
                                .then())
                .body("detail", containsString("dryRun is '" + value + "' and has to be true or false"));

        when().get("/api/v1/migrations/odd/runs").then().body("findAll { it.state == 'running' }.size()", is(0));
    }

    /** These don't come to a resource: the server refuses them by itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "414|GET /api/v1/migrations?x=%s HTTP/1.1|X-Plain: 1",
                "414|GET /api/v1/migrations?x=%s%s%s%s%s%s%s%s%s%s HTTP/1.1|X-Plain: 1",
                "413|POST /api/v1/migrations/odd/runs HTTP/1.1|Content-Length: 20000000",
                "413|POST /api/v1/migrations/odd/runs HTTP/1.1|Transfer-Encoding: chunked",
            })
    void refusesWhatComesToNoResourceInTheSameWay(int status, String line, String header) throws Exception {
        String request = line.replace("%s", "x".repeat(9_000)) + "\r\nHost: localhost\r\n" + header
                + "\r\nConnection: close\r\n\r\n"
                + (header.endsWith("chunked") ? CHUNK.repeat(160) + "1\r\nx\r\n" : "");
        String answer;
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(answer.lines().findFirst().orElseThrow()).startsWith("HTTP/1.1 " + status);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-type: application/problem+json", "\"status\":" + status, "\"remedy\":\"");
    }

    @Test
    void namesTheValueThatIsNoNumber() {
        told(
                        400,
                        given().accept("text/plain")
                                .when()
                                .get("/api/v1/migrations/odd/runs/none/watch?width=wide")
                                .then())
                .body("detail", containsString("'wide'"));
    }

    private static ValidatableResponse told(int status, ValidatableResponse answer) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("detail", notNullValue())
                .body("remedy", notNullValue())
                .body("detail", not(containsString("java")))
                .body("detail", not(containsString("flywatch.runner")));
    }
}
