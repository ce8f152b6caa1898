package io.flywatch.cdc;

import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.lag.LagSample;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Looks at every pipeline once a second, on a timer, so that what does not move is seen, too. */
@Singleton
public final class LagSampler {

    private static final String REPLICA =
            "cdc-processor-" + UUID.randomUUID().toString().substring(0, 8);

    private static final int AFTER_ALL_OTHERS = 10_000;

    private final Pipelines pipelines;
    private final Heads heads;
    private final SourceLooks looks;
    private final Retentions retentions;
    private final TopicSizes sizes;
    private final Instance<SamplePublisher> publisher;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, PipelineSampler> samplers = new ConcurrentHashMap<>();
    private volatile boolean started;

    LagSampler(
            Pipelines pipelines,
            Heads heads,
            SourceLooks looks,
            Retentions retentions,
            TopicSizes sizes,
            Instance<SamplePublisher> publisher) {
        this.pipelines = pipelines;
        this.heads = heads;
        this.looks = looks;
        this.retentions = retentions;
        this.sizes = sizes;
        this.publisher = publisher;
    }

    /** Comes after the channels are connected, for which the scheduler does not wait. */
    void start(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        started = true;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sample() {
        if (!started) {
            return;
        }
        samplers.values().removeIf(sampler -> !pipelines.isCurrent(sampler.pipeline()));
        List<Pipeline> all = List.copyOf(pipelines.all());
        Map<Pipeline, Long> proven = new HashMap<>();
        all.forEach(pipeline -> proven.put(pipeline, pipeline.watermark().beforeLook()));
        Optional<Map<PartitionId, Long>> ends = heads.of(all.stream()
                .flatMap(pipeline -> pipeline.lanes().stream())
                .map(Lane::id)
                .toList());
        Instant now = clock.instant();
        for (Pipeline pipeline : all) {
            ends.ifPresent(found -> catchUp(pipeline, found, proven.getOrDefault(pipeline, Long.MIN_VALUE)));
            PipelineSampler sampler = samplerOf(pipeline);
            publisher.get().publish(sampler.sample(now, ends.orElse(null), looks.of(pipeline.id())));
        }
    }

    /** What a replica measured: it holds what is not ours, and may know of heartbeats that do not come here. */
    public void heard(LagSample sample) {
        Optional.ofNullable(samplers.get(sample.migrationId()))
                .filter(sampler -> sampler.pipeline().declared().runId().equals(sample.runId()))
                .ifPresent(sampler -> sampler.heard(sample, System.nanoTime()));
    }

    private static void catchUp(Pipeline pipeline, Map<PartitionId, Long> ends, long proven) {
        Set<PartitionId> atEnd = new HashSet<>();
        for (Lane lane : pipeline.lanes()) {
            Long end = ends.get(lane.id());
            if (end != null && lane.reach().appliedTo() >= end) {
                atEnd.add(lane.id());
            }
        }
        pipeline.watermark().atEnd(atEnd, proven);
    }

    private PipelineSampler samplerOf(Pipeline pipeline) {
        return samplers.compute(
                pipeline.id(),
                (id, known) -> known != null && known.pipeline() == pipeline
                        ? known
                        : new PipelineSampler(pipeline, REPLICA, new Surroundings(retentions, sizes)));
    }

    /** Every pipeline that has been sampled. */
    public List<PipelineStatus> statuses() {
        return samplers.values().stream()
                .flatMap(sampler -> sampler.status(System.nanoTime()).stream())
                .sorted(java.util.Comparator.comparing(
                        status -> status.declared().migrationId()))
                .collect(Collectors.toList());
    }

    /** One pipeline, if it is declared and has been sampled. */
    public Optional<PipelineStatus> status(String id) {
        return Optional.ofNullable(samplers.get(id)).flatMap(sampler -> sampler.status(System.nanoTime()));
    }
}
