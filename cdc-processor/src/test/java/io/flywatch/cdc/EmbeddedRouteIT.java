package io.flywatch.cdc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.Envelopes.Column;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.stack.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines embedded into invoices, whose keys stand in documents as _id and nowhere else, from a real PostgreSQL and broker to the target, and their verification. */
@QuarkusTest
@QuarkusTestResource(CdcStack.class)
@QuarkusTestResource(VerifySource.class)
@SuppressWarnings("NullAway.Init") // set before the test
class EmbeddedRouteIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String PIPELINE = "embedded";

    private final Envelopes invoices = new Envelopes(
            topic("public.invoice"),
            List.of("id"),
            Column.of("id", "int64", "INT8"),
            Column.of("customer", "string", "TEXT"));
    private final Envelopes lines = new Envelopes(
            topic("public.line"),
            List.of("line_id"),
            Column.of("line_id", "int32", "INT4"),
            Column.of("invoice_id", "int64", "INT8"),
            Column.of("article", "string", "TEXT"));
    private final Envelopes beats =
            new Envelopes(topic("flywatch.heartbeat"), List.of("id"), Column.of("id", "int32", "INT4"));
    private final Submitted submitted = new Submitted();
    private KafkaProducer<byte[], byte[]> producer;
    private Connection source;
    private long lsn = 1_000;

    private static String topic(String of) {
        return Topics.changesPrefix(PIPELINE) + "." + of;
    }

    @BeforeEach
    void open() throws Exception {
        source = DriverManager.getConnection(VerifySource.url(), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", CdcStack.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) CdcStack.bootstrap()))) {
            admin.createTopics(Stream.of("public.invoice", "public.line", "flywatch.heartbeat")
                            .map(of -> new NewTopic(topic(of), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        execute("create table invoice (id bigint primary key, customer text)");
        execute("create table line (line_id int primary key, invoice_id bigint, article text)");
        VerifySource.connectors().put("flywatch-" + PIPELINE, submitted);
        PipelineEvent declared = new PipelineDeclared(
                PIPELINE,
                "run-1",
                Instant.now(),
                "source",
                "target",
                "shop",
                List.of(
                        new TableRoute(
                                "public.invoice",
                                "invoice",
                                List.of("id"),
                                null,
                                null,
                                null,
                                new DocumentKey(DocumentKey.Form.DOCUMENT, false)),
                        new TableRoute(
                                "public.line",
                                "flywatch_embedded_line",
                                List.of("line_id"),
                                null,
                                null,
                                new Embedding("public.invoice", "lines", List.of("invoice_id")))),
                "flywatch.heartbeat");
        beat();
        byte[] value = JsonMapper.builder()
                .findAndAddModules()
                .build()
                .writerFor(PipelineEvent.class)
                .writeValueAsBytes(declared);
        producer.send(new ProducerRecord<>(Topics.PIPELINES, PIPELINE.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    @AfterEach
    void end() throws Exception {
        producer.send(new ProducerRecord<>(Topics.PIPELINES, PIPELINE.getBytes(StandardCharsets.UTF_8), null));
        producer.close();
        source.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = source.createStatement()) {
            statement.execute(sql);
        }
    }

    private void send(String table, Envelopes envelopes, String key, @Nullable String row) throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try (Statement statement = source.createStatement();
                ResultSet now =
                        statement.executeQuery("select (extract(epoch from clock_timestamp()) * 1000000)::bigint,"
                                + " (pg_current_wal_insert_lsn() - '0/0')::bigint")) {
            now.next();
            submitted.add(now.getLong(2), sent);
            byte[] value = envelopes.value(row == null ? "d" : "u", row, ++lsn, now.getLong(1), "false");
            producer.send(new ProducerRecord<>(topic(table), envelopes.key(key), value))
                    .get();
            sent.complete(null);
        }
    }

    private void beat() throws Exception {
        send("flywatch.heartbeat", beats, "{\"id\":1}", "{\"id\":1}");
    }

    private void invoice(long id) throws Exception {
        execute("insert into invoice values (" + id + ", 'c" + id + "')");
        send("public.invoice", invoices, "{\"id\":" + id + "}", "{\"id\":" + id + ",\"customer\":\"c" + id + "\"}");
    }

    private void line(int id, @Nullable Long invoice) throws Exception {
        execute("insert into line values (" + id + ", " + invoice + ", 'a" + id
                + "') on conflict (line_id) do update set invoice_id = excluded.invoice_id");
        send(
                "public.line",
                lines,
                "{\"line_id\":" + id + "}",
                "{\"line_id\":" + id + ",\"invoice_id\":" + invoice + ",\"article\":\"a" + id + "\"}");
    }

    private MongoCollection<Document> target() {
        return CdcStack.target().collection("invoice");
    }

    private static Document byId(long invoice) {
        return new Document("_id", new Document("id", invoice));
    }

    private String linesOf(long invoice) {
        Document document = target().find(byId(invoice)).first();
        return document == null
                ? "missing"
                : document.getList("lines", Document.class).stream()
                        .map(line -> line.get("line_id") + line.getString("article"))
                        .collect(Collectors.joining(" "));
    }

    private String verified(String path) {
        String id = given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/pipelines/" + PIPELINE + "/verifications" + path)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(SOON).pollInSameThread().untilAsserted(() -> {
            beat();
            given().get(verification(id)).then().body("stage", is(oneOf("equal", "mismatched", "unsettled", "failed")));
        });
        return id;
    }

    private static String verification(String id) {
        return "/api/v1/pipelines/" + PIPELINE + "/verifications/" + id;
    }

    @Test
    void embedsRowsThatComeFirstAndFindsAndRepairsArraysThatWereDamaged() throws Exception {
        for (int id = 1; id <= 30; id++) {
            line(id, (long) (1 + id % 3));
        }
        line(31, null);
        line(32, 99L);
        for (long id = 1; id <= 4; id++) {
            invoice(id);
        }
        line(2, 4L);
        line(1, 4L);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(linesOf(4)).isEqualTo("1a1 2a2");
            assertThat(linesOf(1)).startsWith("3a3 6a6").endsWith("30a30");
            assertThat(linesOf(2)).startsWith("4a4 7a7");
        });
        given().get(verification(verified(""))).then().body("stage", equalTo("equal"));

        target().updateOne(byId(4), Document.parse("{$set: {'lines.0.article': 'damaged'}}"));
        target().updateOne(byId(1), Document.parse("{$pop: {lines: 1}}"));
        CdcStack.target()
                .collection("flywatch_embedded_line")
                .updateOne(new Document("_id", 7), Document.parse("{$set: {'_flywatch.parent': {id: 3}}}"));
        String found = verified("");
        given().get(verification(found)).then().body("stage", equalTo("mismatched"));
        List<Map<String, Object>> mismatches = given().get(verification(found) + "/mismatches")
                .then()
                .extract()
                .path("mismatches");
        assertThat(mismatches.stream()
                        .map(it -> it.get("table") + " " + it.get("key") + " " + it.get("columns"))
                        .toList())
                .containsExactlyInAnyOrder(
                        "public.invoice [4] [lines]",
                        "public.invoice [1] [lines]",
                        "public.invoice [2] [lines]",
                        "public.invoice [3] [lines]",
                        "public.line [7] [_flywatch]");

        verified("/" + found + "/repair");
        given().get(verification(verified(""))).then().body("stage", equalTo("equal"));
        assertThat(linesOf(4)).isEqualTo("1a1 2a2");
    }
}
