package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What people do about dead letters. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
class DeadLettersIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String REFUSED = "[".repeat(120) + "]".repeat(120);

    @SuppressWarnings("NullAway.Init") // set before each test
    private SourceTopics source;

    @BeforeEach
    void declare(TestInfo test) {
        source = new SourceTopics(test.getTestMethod().orElseThrow().getName());
        source.create("public.orders", 1);
        source.declare(List.of(new TableRoute("public.orders", target(), List.of("id"))));
    }

    @AfterEach
    void end() {
        source.end();
        source.close();
    }

    private String target() {
        return "orders_" + source.pipeline();
    }

    private Document document(Object id) {
        return CdcStack.target()
                .collection(target())
                .find(new Document("_id", id))
                .first();
    }

    private String url() {
        return "/api/v1/pipelines/" + source.pipeline() + "/dead-letters";
    }

    private void awaitOpen(int letters) {
        await().atMost(SOON)
                .untilAsserted(() -> list().body("letters", hasSize(letters)).body("open", equalTo(letters)));
    }

    private ValidatableResponse list() {
        return given().get(url()).then().statusCode(200);
    }

    private ValidatableResponse replay(String letter) {
        return given().post(url() + "/" + letter + "/replay").then();
    }

    @Test
    void listsThemInOrderPageByPageWithTheirBytes() {
        source.poison(2);
        source.update(2, "3.00", "parked");
        source.poison(3);
        awaitOpen(3);

        list().body("letters[0].id", equalTo("public.orders:0:0"))
                .body("letters[0].kind", equalTo("unreadable"))
                .body("letters[1].kind", equalTo("parked"))
                .body("letters[1].key", equalTo("id=2"));
        given().get(url() + "?limit=2").then().body("letters", hasSize(2)).body("next", equalTo("public.orders:0:1"));
        given().get(url() + "?limit=2&after=public.orders:0:1")
                .then()
                .body("letters", hasSize(1))
                .body("letters[0].key", equalTo("id=3"))
                .body("next", equalTo(null));
        given().get(url() + "?key=id=3").then().body("letters", hasSize(1));
        given().get(url() + "/public.orders:0:0")
                .then()
                .body("value", equalTo("{\"schema\":7}"))
                .body("valueBase64", equalTo(Base64.getEncoder().encodeToString("{\"schema\":7}".getBytes())));
        given().get(url() + "/public.orders:0:9")
                .then()
                .statusCode(404)
                .body("remedy", containsString("public.orders:0:17"));
    }

    @Test
    void keepsWhatStillCannotBeReadAndReplaysWhatFollowedOnceThatIsDiscarded() {
        source.poison(2);
        source.update(2, "3.00", "first");
        source.update(2, "4.00", "second");
        source.create(5, "1.00", "good");
        awaitOpen(3);

        replay("public.orders:0:0").statusCode(409).body("detail", containsString("still can't be read"));
        given().delete(url() + "/public.orders:0:1")
                .then()
                .statusCode(409)
                .body("detail", containsString("public.orders:0:0"));
        awaitOpen(3);
        given().delete(url() + "/public.orders:0:0")
                .then()
                .statusCode(200)
                .body("settled", equalTo(1))
                .body("left", equalTo(2));
        assertThat(document(2L)).isNull();
        replay("public.orders:0:2").statusCode(200).body("settled", equalTo(2)).body("left", equalTo(0));

        assertThat(document(2L).getString("note")).isEqualTo("second");
        awaitOpen(0);
        source.update(2, "5.00", "flows again");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(document(2L).getString("note")).isEqualTo("flows again"));
        given().get("/q/metrics")
                .then()
                .body(containsString("cdc_dead_letters_open_records{migration_id=\"" + source.pipeline() + "\"} 0.0"))
                .body(not(containsString("cdc_parked_keys{migration_id=\"" + source.pipeline() + "\"} 1.0")));
    }

    @Test
    void foldsARefusedRecordWithTheOneThatMendsIt() {
        source.createWithAttributes(2, REFUSED);
        source.deadLetters(1);
        awaitOpen(1);
        replay("public.orders:0:0").statusCode(409).body("detail", containsString("refuses it again"));
        source.update(2, "3.00", "mends it");
        awaitOpen(2);

        replay("public.orders:0:0").statusCode(200).body("settled", equalTo(2));

        assertThat(document(2L).getString("note")).isEqualTo("mends it");
        awaitOpen(0);
    }

    @Test
    void replaysIntoDocumentsOfAnotherShapeOfId() {
        source.end();
        source.declare(List.of(new TableRoute(
                "public.orders",
                target(),
                List.of("id"),
                null,
                null,
                null,
                new DocumentKey(DocumentKey.Form.DOCUMENT, false))));
        source.createWithAttributes(2, REFUSED);
        source.deadLetters(1);
        source.update(2, "3.00", "mends it");
        awaitOpen(2);

        replay("public.orders:0:0").statusCode(200).body("settled", equalTo(2));

        assertThat(document(new Document("id", 2L)))
                .containsEntry("note", "mends it")
                .doesNotContainKey("id");
        awaitOpen(0);
    }

    @Test
    void doesNotReplayWhatWasReplayedBeforeTheAnswerWasLost() {
        source.poison(2);
        source.update(2, "3.00", "parked");
        awaitOpen(2);
        CdcStack.target().collection("flywatch_parked").deleteMany(new Document("pipeline", source.pipeline()));
        source.end();
        source.declare(List.of(new TableRoute("public.orders", target(), List.of("id"))));
        source.create(9, "1.00", "after the restart");
        await().atMost(SOON).untilAsserted(() -> assertThat(document(9L)).isNotNull());

        replay("public.orders:0:1").statusCode(200).body("settled", equalTo(0));

        assertThat(document(2L)).isNull();
        list().body("letters", hasSize(0));
    }
}
