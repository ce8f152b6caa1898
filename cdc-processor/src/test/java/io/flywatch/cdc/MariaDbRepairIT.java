package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedMariaDb;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a PostgreSQL at a MariaDB, damaged there, found and repaired by REST while the same rows are written. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
@QuarkusTestResource(VerifySource.class)
@QuarkusTestResource(MariaDbStack.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MariaDbRepairIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String PIPELINE = "mariadbrepair";
    private static final String TABLE = "`Orders of $old`";
    private static final int ROWS = 500;

    private final AtomicBoolean writing = new AtomicBoolean(true);
    private Shop shop;

    @BeforeEach
    void fill() throws Exception {
        assumeTrue(
                EmbeddedMariaDb.missing().isEmpty(),
                () -> EmbeddedMariaDb.missing().orElse(""));
        shop = new Shop(PIPELINE);
        shop.fill(ROWS);
        shop.declare(
                "mariadb",
                new TableRoute(
                        "public." + shop.collection(),
                        "Orders of $old",
                        List.of("id"),
                        List.of(
                                new ColumnRule("note", "order", Action.KEEP, null),
                                new ColumnRule("total", "Total, gross", Action.KEEP, null)),
                        null));
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(one("select count(*) from " + TABLE)).isEqualTo("" + ROWS));
    }

    @AfterEach
    void end() throws Exception {
        shop.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = MariaDbStack.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(String query) throws SQLException {
        try (Connection connection = MariaDbStack.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static String verification(String id) {
        return "/api/v1/pipelines/" + PIPELINE + "/verifications/" + id;
    }

    private String ended(String path) {
        String id = given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/pipelines/" + PIPELINE + "/verifications" + path)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(SOON).pollInSameThread().untilAsserted(() -> {
            shop.beat();
            given().get(verification(id)).then().body("stage", is(oneOf("equal", "mismatched", "unsettled", "failed")));
        });
        return id;
    }

    /** The damaged rows and those around them, over and over. */
    private void write() {
        Random random = new Random(11);
        await().pollInSameThread().pollInterval(Duration.ofMillis(2)).forever().until(() -> {
            shop.change(random, 5, 40);
            return !writing.get();
        });
    }

    @Test
    void findsAndRepairsWhatWasDamagedWhileTheSameRowsAreWritten() throws Exception {
        execute("delete from " + TABLE + " where id in (5, 17, 300)");
        execute("update " + TABLE + " set `Total, gross` = `Total, gross` + 1 where id in (9, 301)");
        execute("update " + TABLE + " set `order` = 'nobody wrote it' where id = 302");
        execute("insert into " + TABLE + " (id, customer) values (-5, 'nobody''s')");
        String found = ended("");
        given().get(verification(found))
                .then()
                .body("stage", equalTo("mismatched"))
                .body("missing", equalTo(3))
                .body("different", equalTo(3))
                .body("extra", equalTo(1));

        Thread writer = Thread.ofPlatform().start(this::write);
        String repair = ended("/" + found + "/repair");
        writing.set(false);
        writer.join();

        given().get(verification(repair)).then().body("stage", equalTo("equal")).body("repaired", greaterThan(3));
        given().get(verification(ended("")))
                .then()
                .body("stage", equalTo("equal"))
                .body("whole", equalTo(true));
        assertThat(one("select group_concat(id order by id) from " + TABLE + " where id in (-5, 300, 301, 302)"))
                .isEqualTo("300,301,302");
        assertThat(one("select `Total, gross` + 0 from " + TABLE + " where id = 301"))
                .startsWith("3.01");
        assertThat(IntStream.rangeClosed(41, 60).mapToObj(String::valueOf).collect(Collectors.joining(",")))
                .isEqualTo(one("select group_concat(id order by id) from " + TABLE + " where id between 41 and 60"));
    }
}
