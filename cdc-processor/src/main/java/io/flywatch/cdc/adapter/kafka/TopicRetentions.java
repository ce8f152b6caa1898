package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.Retentions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How long the topics of changes keep their records, by the broker's word. A limit by size is not turned into a time. */
@Singleton
final class TopicRetentions implements Retentions {
    private static final int SECONDS_TO_ANSWER = 5;
    private static final double FOR_EVER = Double.POSITIVE_INFINITY;

    private final Admin admin;
    private final Pipelines pipelines;
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();

    TopicRetentions(KafkaClients clients, Pipelines pipelines) {
        this.admin = clients.admin();
        this.pipelines = pipelines;
    }

    @Override
    public OptionalDouble secondsOf(String topic) {
        Double known = seconds.get(topic);
        return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
    }

    @Scheduled(every = "30s", delayed = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    void check() {
        Set<String> topics = pipelines.topics();
        seconds.keySet().retainAll(topics);
        if (topics.isEmpty()) {
            return;
        }
        try {
            Set<ConfigResource> wanted = topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .collect(Collectors.toSet());
            admin.describeConfigs(wanted)
                    .all()
                    .get(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                    .forEach((topic, config) -> put(topic.name(), config));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException notNow) {
            seconds.clear();
        }
    }

    /** By size alone means: for how long depends on what comes, and that nobody knows. */
    private void put(String topic, Config config) {
        long millis = number(config, TopicConfig.RETENTION_MS_CONFIG);
        boolean bySize = number(config, TopicConfig.RETENTION_BYTES_CONFIG) >= 0;
        if (bySize) {
            seconds.remove(topic);
        } else {
            seconds.put(topic, millis < 0 ? FOR_EVER : millis / 1e3);
        }
    }

    private static long number(Config config, String name) {
        return Long.parseLong(config.get(name).value());
    }

    void stop(@Observes ShutdownEvent event) {
        admin.close(Duration.ofSeconds(1));
    }
}
