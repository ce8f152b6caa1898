package io.flywatch.system.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.system.stand.PackagedService;
import io.flywatch.system.stand.StandTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A packaged processor that compares one table once. */
final class Comparer {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private Comparer() {}

    /**
     * What it took.
     *
     * @param processor the processor's CPU time
     * @param mebibytes the most memory that the processor had
     */
    record Result(double seconds, Duration processor, long mebibytes) {}

    static Result run(
            Children children, String broker, EmbeddedPostgres postgres, Map<String, String> target, String database)
            throws Exception {
        String pipeline = "bench-" + UUID.randomUUID().toString().substring(0, 8);
        StandTopics.make(broker);
        Map<String, String> environment = new TreeMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker);
        environment.put("FLYWATCH_CONNECTIONS_SOURCE_URL", postgres.jdbcUrl("source"));
        environment.put("FLYWATCH_CONNECTIONS_SOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("FLYWATCH_CONNECTIONS_SOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        target.forEach((name, value) -> environment.put("FLYWATCH_CONNECTIONS_TARGET_" + name, value));
        PackagedService service = PackagedService.start(
                        children, pipeline, "cdc-processor", FreePort.find(), List.of("-Xmx256m"), environment)
                .awaitReady(Duration.ofSeconds(120));
        try (HttpClient http = HttpClient.newHttpClient()) {
            declare(broker, pipeline, database);
            return compare(http, service, pipeline);
        } finally {
            service.stop();
        }
    }

    private static void declare(String broker, String pipeline, String database) throws Exception {
        PipelineEvent declared = new PipelineDeclared(
                pipeline,
                "run-1",
                Instant.now(),
                "source",
                "target",
                database,
                List.of(new TableRoute("public." + VerifiedTable.NAME, VerifiedTable.NAME, List.of("id"))),
                null);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.PIPELINES,
                            pipeline,
                            JSON.writerFor(PipelineEvent.class).writeValueAsString(declared)))
                    .get();
        }
    }

    private static Result compare(HttpClient http, PackagedService service, String pipeline) throws Exception {
        URI all = URI.create(service.url() + "/api/v1/pipelines/" + pipeline + "/verifications");
        long processor = service.child().process().pid();
        Duration before = CpuTime.of(processor);
        JsonNode view = ordered(http, all);
        URI one = URI.create(all + "/" + view.path("id").asText());
        while (!Set.of("equal", "mismatched", "unsettled", "failed")
                .contains(view.path("stage").asText())) {
            Thread.sleep(100);
            view = json(http.send(HttpRequest.newBuilder(one).build(), BodyHandlers.ofString()));
        }
        if (!view.path("stage").asText().equals("equal")) {
            throw new IllegalStateException("the verification says " + view.path("reason"));
        }
        Duration took = Duration.between(
                Instant.parse(view.path("startedAt").asText()),
                Instant.parse(view.path("finishedAt").asText()));
        return new Result(took.toMillis() / 1e3, CpuTime.of(processor).minus(before), CpuTime.mostMemory(processor));
    }

    /** The pipeline may not be declared yet. */
    private static JsonNode ordered(HttpClient http, URI all) throws Exception {
        HttpRequest order = HttpRequest.newBuilder(all)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        for (int attempt = 0; ; attempt++) {
            HttpResponse<String> answer = http.send(order, BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                return json(answer);
            }
            if (attempt == 300) {
                throw new IllegalStateException("no verification could be ordered: " + answer.body());
            }
            Thread.sleep(100);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
