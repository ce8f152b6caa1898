package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.Topics;
import io.flywatch.runner.replication.Names;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Topics, made and asked. */
@Singleton
public final class Topology {
    private static final Logger LOG = Logger.getLogger(Topology.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final String bootstrapServers;
    private @Nullable Admin admin;

    Topology(
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
                    String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Kafka did not answer. */
    public static final class KafkaAway extends Exception {
        private static final long serialVersionUID = 1L;

        KafkaAway(String bootstrapServers, Throwable cause) {
            super(
                    "Kafka does not answer at " + bootstrapServers + ". Start it, or correct kafka.bootstrap.servers.",
                    cause);
        }
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** Where Kafka is looked for. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Creates those of our topics that are missing. */
    public void createTopics() throws KafkaAway {
        Set<String> there = ask(it -> it.listTopics().names().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        for (Topics.TopicSpec spec : Topics.ALL) {
            if (!there.contains(spec.name())) {
                create(spec);
            }
        }
    }

    private void create(Topics.TopicSpec spec) throws KafkaAway {
        NewTopic topic =
                new NewTopic(spec.name(), Optional.<Integer>empty(), Optional.<Short>empty()).configs(spec.config());
        ask(it -> {
            try {
                it.createTopics(List.of(topic)).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                LOG.infof("topic created topic=%s", spec.name());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return true;
        });
    }

    /**
     * Deletes the topics of changes that an earlier run of a pipeline left: its rows would be taken for rows of the next.
     *
     * @return how many there were; they are gone when it is 0
     */
    public int deleteChanges(String pipeline) throws KafkaAway {
        String prefix = Topics.changesPrefix(pipeline) + ".";
        String history = Names.schemaHistory(pipeline);
        return ask(it -> {
            List<String> left = it.listTopics().names().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .filter(topic -> topic.startsWith(prefix) || topic.equals(history))
                    .toList();
            if (!left.isEmpty()) {
                try {
                    it.deleteTopics(left).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.infof("topics of an earlier run deleted pipeline=%s topics=%s", pipeline, left.size());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
            return left.size();
        });
    }

    /** Where the topic of connector notifications ends now. */
    public Map<Integer, Long> notificationsEnd() throws KafkaAway {
        return ask(it -> {
            Map<String, TopicDescription> described = it.describeTopics(List.of(Topics.CONNECTOR_NOTIFICATIONS))
                    .allTopicNames()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, OffsetSpec> latest = described.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .collect(Collectors.toMap(
                            p -> new TopicPartition(Topics.CONNECTOR_NOTIFICATIONS, p.partition()),
                            p -> OffsetSpec.latest()));
            Map<Integer, Long> ends = new TreeMap<>();
            it.listOffsets(latest)
                    .all()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
            return ends;
        });
    }

    private <T> T ask(Question<T> question) throws KafkaAway {
        try {
            return question.ask(admin());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new KafkaAway(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaAway(bootstrapServers, e);
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "flywatch-runner-admin",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    3_000,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    5_000));
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
