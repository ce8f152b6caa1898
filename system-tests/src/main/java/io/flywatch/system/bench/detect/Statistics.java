package io.flywatch.system.bench.detect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a runner and three replicas of a processor say of many replications that stream calmly: each is in turn. */
final class Statistics implements AutoCloseable {

    private static final int SPEAKERS = 4;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final String bootstrapServers;
    private final int migrations;
    private final KafkaProducer<String, String> producer;
    private final Random random = new Random(1);
    private long sent;

    Statistics(String bootstrapServers, int migrations) {
        this.bootstrapServers = bootstrapServers;
        this.migrations = migrations;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
                new StringSerializer(),
                new StringSerializer());
        for (int each = 0; each < migrations; each++) {
            send(
                    Topics.PROGRESS,
                    ProgressEvent.class,
                    new RunStarted(
                            migration(each),
                            "run-1",
                            Instant.now(),
                            MigrationKind.REPLICATION,
                            "rest",
                            List.of("stream")));
        }
    }

    /** Sends evenly, for so long. */
    void send(int rate, long seconds) {
        long start = System.nanoTime();
        for (long i = 0; i < rate * seconds; i++) {
            long due = start + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            say(sent++);
        }
        producer.flush();
    }

    private void say(long turn) {
        int migration = (int) (turn / SPEAKERS % migrations);
        int speaker = (int) (turn % SPEAKERS);
        long round = turn / SPEAKERS / migrations;
        if (speaker == 0) {
            send(Topics.PROGRESS, ProgressEvent.class, progress(migration, round));
        } else {
            send(Topics.LAG, LagEvent.class, lag(migration, speaker, round));
        }
    }

    private ProgressSample progress(int migration, long round) {
        return new ProgressSample(
                migration(migration),
                "run-1",
                Instant.now(),
                RunState.RUNNING,
                "stream",
                "streaming",
                1000 * round,
                null,
                null,
                noisy(300),
                null,
                0,
                0,
                null,
                List.of(),
                null);
    }

    private LagSample lag(int migration, int speaker, long round) {
        double rate = noisy(100);
        double lag = noisy(0.15);
        return new LagSample(
                migration(migration),
                "run-1",
                Instant.now(),
                "replica-" + speaker,
                PipelineState.STREAMING,
                "as it is",
                lag,
                noisy(0.3),
                noisy(0.01),
                rate,
                rate,
                5,
                0,
                0,
                new StageLag(noisy(0.03), noisy(0.02), noisy(0.1)),
                List.of(
                        new TableLag("public.orders", "orders", 0, 60 * round, 0.6 * rate, lag, 3, 1, 1),
                        new TableLag("public.lines", "lines", 0, 40 * round, 0.4 * rate, lag, 2, 1, 1)),
                null);
    }

    private double noisy(double usual) {
        return usual * (0.9 + 0.2 * random.nextDouble());
    }

    private static String migration(int number) {
        return "shop-" + number;
    }

    private void send(String topic, Class<?> family, FlywatchEvent event) {
        try {
            producer.send(new ProducerRecord<>(
                    topic, event.migrationId(), JSON.writerFor(family).writeValueAsString(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many anomalies were told so far. */
    long told() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ANOMALIES, Duration.ofSeconds(30)).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            Collection<Long> ends = consumer.endOffsets(partitions).values();
            return ends.stream().mapToLong(Long::longValue).sum();
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
