package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.TablePolicy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The processor between a real broker and a PostgreSQL target, with a mapping on the way. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
@QuarkusTestResource(SqlStack.class)
class SqlRouteIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @SuppressWarnings("NullAway.Init") // set before each test
    private SourceTopics source;

    @BeforeEach
    void open(TestInfo test) {
        source = new SourceTopics("sql-" + test.getTestMethod().orElseThrow().getName());
        source.create("public.orders", 1);
    }

    @AfterEach
    void end() {
        source.end();
        source.close();
    }

    private static List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = SqlStack.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    @Test
    void makesTheTableAndKeepsItEqualUnderItsMapping() {
        source.declare(
                "sql",
                List.of(new TableRoute(
                        "public.orders",
                        "sales.orders",
                        List.of("id"),
                        List.of(
                                new ColumnRule("id", "number", Action.KEEP, null),
                                new ColumnRule("customer", "who", Action.HASH, null),
                                new ColumnRule("attributes", null, Action.DROP, null)),
                        TablePolicy.FOLLOW)));
        source.snapshot(1, "10.50", "a note");
        source.snapshot(2, "0.00", "b");
        source.create(3, "12.00", "c");
        source.update(1, "11.00", Envelopes.UNAVAILABLE);
        source.delete(2);

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                rows("select number || ' ' || total || ' ' || note from sales.orders order by number"))
                        .containsExactly("1 11.00 a note", "3 12.00 c"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(rows("select distinct length(who) from sales.orders"))
                        .containsExactly("64"));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/api/v1/pipelines/" + source.pipeline() + "/lag")
                        .then()
                        .statusCode(200));
    }

    @Test
    void saysWhatATableThatItMayNotMakeNeeds() {
        source.declare(
                "sql", List.of(new TableRoute("public.orders", "absent", List.of("id"), null, TablePolicy.CHECK)));
        source.create(1, "1.00", "waits");

        awaitReason("the target has no table absent");
    }

    @Test
    void refusesToEmbedWhereTheTargetHasNoArrays() {
        source.declare(
                "sql",
                List.of(
                        new TableRoute("public.people", "people", List.of("id")),
                        new TableRoute(
                                "public.orders",
                                "orders",
                                List.of("id"),
                                null,
                                null,
                                new Embedding("public.people", "orders", List.of("customer")))));
        source.create(1, "1.00", "waits");

        awaitReason("only a MongoDB target has");
    }

    @Test
    void refusesFieldsInsideOfDocumentsWhereTheTargetHasNone() {
        source.declare(
                "sql",
                List.of(new TableRoute(
                        "public.orders",
                        "orders",
                        List.of("id"),
                        List.of(new ColumnRule("customer", "buyer.name", Action.KEEP, null)),
                        null)));
        source.create(1, "1.00", "waits");

        awaitReason("only a MongoDB target has");
    }

    private void awaitReason(String reason) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(given().get("/api/v1/pipelines/" + source.pipeline())
                                .then()
                                .extract()
                                .<String>path("reason"))
                        .contains(reason));
    }
}
