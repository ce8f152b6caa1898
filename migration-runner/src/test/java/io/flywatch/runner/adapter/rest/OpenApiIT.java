package io.flywatch.runner.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer reads. */
@QuarkusTest
@QuarkusTestResource(TestStack.class)
@NullUnmarked
class OpenApiIT {
    @Test
    void tellsOfEachOperationWhatItIsForAndItsErrorsWithAnExample() throws Exception {
        JsonNode document = document();
        List<String> lacking = new ArrayList<>();

        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (path.getKey().startsWith("/api/") && operation.getValue().has("responses")) {
                    lacking.addAll(lacking(operation.getKey() + " " + path.getKey(), operation.getValue()));
                }
            }
        }

        assertThat(lacking).isEmpty();
        assertThat(document.at("/components/schemas/Problem/properties/remedy").isMissingNode())
                .isFalse();
    }

    @Test
    void showsARunAsItLooks() throws Exception {
        JsonNode document = document();
        JsonNode example = document.at(
                "/paths/~1api~1v1~1migrations~1{id}~1runs~1{run}/get/responses/200/content/application~1json/example");

        assertThat(example.path("migrationId").asText()).isEqualTo("orders-2026");
        assertThat(document.at("/components/schemas/Run/properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList())
                .containsAll(
                        example.properties().stream().map(Map.Entry::getKey).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/migrations, 200, /example/migrations/0/id, shop",
        "/api/v1/migrations/{id}, 200, /example/schedule/zone, UTC",
        "/api/v1/migrations/{id}/gate, 200, /example/conditions/0/verdict, holds",
        "/api/v1/migrations/{id}/gate, 409, /example/conditions/2/verdict, unknown",
        "/api/v1/runs, 200, /example/0/kind, mongodb"
    })
    void showsWhatIsAskedForMost(String path, String status, String place, String value) throws Exception {
        JsonNode answer =
                document().path("paths").path(path).at("/get/responses/" + status + "/content/application~1json");

        assertThat(answer.at(place).asText()).isEqualTo(value);
    }

    private static JsonNode document() throws Exception {
        return new ObjectMapper()
                .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
    }

    private static List<String> lacking(String name, JsonNode operation) {
        List<String> lacking = new ArrayList<>();
        if (operation.path("summary").asText().isBlank()) {
            lacking.add(name + " has no summary");
        }
        boolean error = false;
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            if (answer.getKey().compareTo("4") >= 0) {
                error = true;
                JsonNode content = answer.getValue().path("content");
                boolean shown = content.properties().stream()
                        .anyMatch(it ->
                                it.getValue().has("example") || it.getValue().has("examples"));
                if (!shown && content.path("application/problem+json").isMissingNode() && content.isEmpty()) {
                    lacking.add(name + " shows nothing of " + answer.getKey());
                }
            }
        }
        if (!error) {
            lacking.add(name + " tells no error");
        }
        return lacking;
    }
}
