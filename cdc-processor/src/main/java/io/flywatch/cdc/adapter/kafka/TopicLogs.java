package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.Heads;
import io.flywatch.cdc.LaneTools;
import io.flywatch.cdc.position.LogRange;
import io.flywatch.cdc.position.PartitionId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka has of topics: where they begin and end, and which topic it is. */
@Singleton
final class TopicLogs implements LaneTools.Logs, Heads {

    private static final int SECONDS_TO_ANSWER = 5;

    private final Admin admin;

    TopicLogs(KafkaClients clients) {
        this.admin = clients.admin();
    }

    @Override
    public Optional<LogRange> of(PartitionId id) {
        TopicPartition partition = new TopicPartition(id.topic(), id.partition());
        return answer(within -> {
            TopicDescription topic = within.get(admin.describeTopics(List.of(id.topic()))
                    .topicNameValues()
                    .getOrDefault(id.topic(), KafkaFuture.completedFuture(null)));
            if (topic == null) {
                throw new TimeoutException("the topic is not described");
            }
            long begin = within.get(
                            offsets(List.of(partition), OffsetSpec.earliest()).partitionResult(partition))
                    .offset();
            long end = within.get(
                            offsets(List.of(partition), OffsetSpec.latest()).partitionResult(partition))
                    .offset();
            return new LogRange(
                    topic.topicId().toString(), begin, end, topic.partitions().size());
        });
    }

    @Override
    public Optional<Map<PartitionId, Long>> of(Collection<PartitionId> partitions) {
        if (partitions.isEmpty()) {
            answer(within -> within.get(admin.describeCluster().clusterId()));
            return Optional.of(Map.of());
        }
        Map<PartitionId, TopicPartition> wanted = partitions.stream()
                .collect(Collectors.toMap(id -> id, id -> new TopicPartition(id.topic(), id.partition())));
        ListOffsetsResult result = offsets(wanted.values(), OffsetSpec.latest());
        return answer(within -> ends(wanted, result, within));
    }

    @Override
    public Optional<Map<PartitionId, Long>> ofTopic(String pipeline, String topic) {
        return answer(within -> partitions(pipeline, topic, within))
                .flatMap(found -> found.isEmpty() ? Optional.of(Map.of()) : of(found));
    }

    private List<PartitionId> partitions(String pipeline, String topic, Within within)
            throws InterruptedException, TimeoutException, ExecutionException {
        try {
            Map<String, TopicDescription> found =
                    within.get(admin.describeTopics(List.of(topic)).allTopicNames());
            return found.values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .map(partition -> new PartitionId(pipeline, topic, partition.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    /** A topic that is gone has no end; the others' ends still count. */
    private static Map<PartitionId, Long> ends(
            Map<PartitionId, TopicPartition> wanted, ListOffsetsResult result, Within within)
            throws InterruptedException, TimeoutException, ExecutionException {
        Map<PartitionId, Long> ends = new HashMap<>();
        ExecutionException failure = null;
        for (Map.Entry<PartitionId, TopicPartition> partition : wanted.entrySet()) {
            try {
                ends.put(
                        partition.getKey(),
                        within.get(result.partitionResult(partition.getValue())).offset());
            } catch (ExecutionException e) {
                failure = e;
            }
        }
        if (ends.isEmpty() && failure != null) {
            throw failure;
        }
        return ends;
    }

    private ListOffsetsResult offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    }

    private interface Question<T> {
        T ask(Within within) throws InterruptedException, TimeoutException, ExecutionException;
    }

    private interface Within {
        <T> T get(KafkaFuture<T> future) throws InterruptedException, TimeoutException, ExecutionException;
    }

    private <T> Optional<T> answer(Question<T> question) {
        try {
            T answer = question.ask(new Patience());
            return Optional.of(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            return Optional.empty();
        }
    }

    private static final class Patience implements Within {
        @Override
        public <T> T get(KafkaFuture<T> future) throws InterruptedException, TimeoutException, ExecutionException {
            return future.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        admin.close(Duration.ofSeconds(1));
    }
}
