package io.flywatch.runner.adapter.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** What each test of runs by REST begins with. */
final class RunsByRest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private RunsByRest() {}

    /** Where the runner looks for declarations. */
    static Path folder() {
        return ConfigProvider.getConfig().getValue("flywatch.migrations.location", Path.class);
    }

    static void declare(String id, String text) throws IOException {
        Files.writeString(folder().resolve(id + ".yaml"), text);
    }

    /** The path of a new run. */
    static String start(String id) {
        return start(id, given());
    }

    static String start(String id, RequestSpecification request) {
        return URI.create(request.when()
                        .post("/api/v1/migrations/" + id + "/runs")
                        .then()
                        .statusCode(202)
                        .extract()
                        .header("Location"))
                .getPath();
    }

    static void awaitState(String run, String state) {
        await().atMost(LONG).untilAsserted(() -> when().get(run).then().body("state", equalTo(state)));
    }
}
