package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import com.mongodb.client.MongoCollection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Random;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a verification takes for a proof, with a connector whose producer is behind. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
@QuarkusTestResource(VerifySource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ProvingIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int ROWS = 200;

    private Shop shop;
    private String pipeline;

    @BeforeEach
    void fill(TestInfo test) throws Exception {
        pipeline = test.getTestMethod().orElseThrow().getName();
        shop = new Shop(pipeline);
        shop.fill(ROWS);
        shop.declare();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                CdcStack.target().collection(shop.collection()).countDocuments())
                        .isEqualTo(ROWS));
    }

    @AfterEach
    void end() throws Exception {
        shop.close();
    }

    private String verification(String id) {
        return "/api/v1/pipelines/" + pipeline + "/verifications/" + id;
    }

    private String order() {
        return given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/pipelines/" + pipeline + "/verifications")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** The heart beats on while it is waited. */
    private void awaitStage(String id, String... stages) {
        await().atMost(SOON).pollInSameThread().untilAsserted(() -> {
            shop.beat();
            given().get(verification(id)).then().body("stage", is(oneOf(stages)));
        });
    }

    @Test
    void waitsForChangesThatHeartbeatsOvertookAndCallsNoneOfThemDifferent() throws Exception {
        CdcStack.target().collection(shop.collection()).deleteOne(new Document("_id", 5L));
        shop.hold();
        for (int id = 20; id < 60; id++) {
            shop.write(id, "late", "1.5");
        }

        String id = order();
        await().atMost(SOON).pollInSameThread().untilAsserted(() -> {
            shop.beat();
            given().get(verification(id)).then().body("reason", containsString("has not committed yet"));
        });
        given().get(verification(id)).then().body("different", equalTo(0)).body("missing", equalTo(0));
        shop.release();

        awaitStage(id, "equal", "mismatched", "unsettled", "failed");
        given().get(verification(id))
                .then()
                .body("stage", equalTo("mismatched"))
                .body("missing", equalTo(1))
                .body("different", equalTo(0));
    }

    @Test
    void repairsWhatItFoundWhileRowsAreWrittenAndLooksAgain() throws Exception {
        MongoCollection<Document> target = CdcStack.target().collection(shop.collection());
        target.deleteOne(new Document("_id", 5L));
        target.updateOne(new Document("_id", 7L), new Document("$set", new Document("total", "1")));
        target.updateOne(new Document("_id", 9L), new Document("$set", new Document("total", "2")));
        target.insertOne(new Document("_id", -5L).append("customer", "nobody's"));
        target.insertOne(new Document("_id", new ObjectId()).append("customer", "nobody's"));
        String found = order();
        awaitStage(found, "mismatched");
        given().contentType(ContentType.JSON)
                .body("{\"tables\":[\"public.none\"]}")
                .post(verification(found) + "/repair")
                .then()
                .statusCode(409)
                .body("remedy", containsString(shop.collection()));

        shop.write(9, "written since", "3.5");
        String repair = given().contentType(ContentType.JSON)
                .post(verification(found) + "/repair")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Random random = new Random(3);
        await().atMost(SOON).pollInSameThread().untilAsserted(() -> {
            for (int i = 0; i < 50; i++) {
                shop.change(random, 6, 12);
            }
            given().get(verification(repair)).then().body("stage", is(oneOf("mismatched", "unsettled", "failed")));
        });

        // What has no key of the source is nobody's to repair.
        given().get(verification(repair))
                .then()
                .body("stage", equalTo("mismatched"))
                .body("extra", equalTo(1))
                .body("missing", equalTo(0))
                .body("different", equalTo(0))
                .body("repaired", greaterThan(1))
                .body("whole", equalTo(false));
        target.deleteOne(new Document("_id", new Document("$type", "objectId")));
        String again = order();
        awaitStage(again, "equal", "mismatched", "unsettled", "failed");
        given().get(verification(again)).then().body("stage", equalTo("equal"));
        assertThat(target.find(new Document("_id", 5L)).first()).containsEntry("customer", "customer 5");
    }
}
