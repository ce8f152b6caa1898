package io.flywatch.system.bench.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.FreePort;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.PackagedService;
import io.flywatch.system.stand.StandTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Flywatch's packaged cdc-processor with one pipeline. */
final class Processor {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final PackagedService service;

    private Processor(PackagedService service) {
        this.service = service;
    }

    /** Starts it with the connections {@code source} and {@code target} of the environment, and declares the pipeline. */
    static Processor start(
            Children children,
            String bootstrapServers,
            Map<String, String> environment,
            String targetDatabase,
            List<String> jvm)
            throws Exception {
        StandTopics.make(bootstrapServers);
        java.util.TreeMap<String, String> variables = new java.util.TreeMap<>(environment);
        variables.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        PackagedService service = PackagedService.start(
                        children, "cdc-processor", "cdc-processor", FreePort.find(), jvm, variables)
                .awaitReady(Duration.ofSeconds(120));
        declare(bootstrapServers, targetDatabase);
        return new Processor(service);
    }

    /** The options of its JVM: those that every contestant has, and what {@code --jvm} adds, to profile it for instance. */
    static List<String> jvm(Arguments arguments) {
        List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
        jvm.addAll(Arrays.stream(arguments.text("jvm", "").split(" "))
                .filter(option -> !option.isEmpty())
                .toList());
        return jvm;
    }

    private static void declare(String bootstrapServers, String targetDatabase) throws Exception {
        PipelineEvent declared = new PipelineDeclared(
                ChangeStream.PIPELINE,
                "run-1",
                Instant.now(),
                "source",
                "target",
                targetDatabase,
                List.of(new TableRoute(ChangeStream.TABLE, "items", List.of("id"))),
                null);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.PIPELINES,
                            ChangeStream.PIPELINE,
                            JSON.writerFor(PipelineEvent.class).writeValueAsString(declared)))
                    .get();
        }
    }

    void stop() throws InterruptedException {
        service.stop();
    }
}
