package io.flywatch.runner.adapter.rest;

import static io.flywatch.runner.adapter.rest.RunsByRest.awaitState;
import static io.flywatch.runner.adapter.rest.RunsByRest.declare;
import static io.flywatch.runner.adapter.rest.RunsByRest.start;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
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
