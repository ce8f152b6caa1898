package io.flywatch.cdc;

import io.flywatch.cdc.apply.MissingTarget;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.lag.ChangeTimes;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.kit.pipeline.CollectionNameCheck;
import io.flywatch.kit.pipeline.DocumentKeyCheck;
import io.flywatch.kit.pipeline.EmbeddingCheck;
import io.flywatch.kit.pipeline.NestingCheck;
import io.flywatch.kit.pipeline.TopicCheck;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The pipelines that are declared now. */
@Singleton
public final class Pipelines {
    private static final Logger LOG = Logger.getLogger(Pipelines.class);

    private final Map<String, Pipeline> byId = new ConcurrentHashMap<>();
    private final Targets targets;
    private final CdcMetrics metrics;

    private final @Nullable Mask mask;
    private final boolean eachChange;

    Pipelines(Targets targets, CdcMetrics metrics, CdcConfig config) {
        this.targets = targets;
        this.metrics = metrics;
        this.mask = config.maskSalt().map(Mask::new).orElse(null);
        this.eachChange = config.measureEachChange();
    }

    /** Where targets come from. */
    public interface Targets {

        /** The database of a configured connection. What is wrong with it shows when it is used. */
        Target open(String connection, String database);
    }

    /** Begins a pipeline, or begins it anew if it has changed. */
    public synchronized void declare(PipelineDeclared declared) {
        Pipeline before = byId.get(declared.migrationId());
        if (before != null && isSame(before.declared(), declared)) {
            return;
        }
        if (before != null) {
            close(before);
        }
        Target target = target(declared);
        byId.put(
                declared.migrationId(),
                new Pipeline(
                        declared,
                        target,
                        new PipelineMeters(metrics, declared),
                        new ChangeTimes(eachChange),
                        Clock.systemUTC()));
        LOG.infof(
                "pipeline declared migrationId=%s runId=%s tables=%d target=%s",
                declared.migrationId(), declared.runId(), declared.tables().size(), declared.targetConnection());
    }

    private Target target(PipelineDeclared declared) {
        Optional<String> fault = declared.tables().stream()
                .flatMap(table -> TableMapping.fault(table, mask).stream())
                .findFirst()
                .or(() -> TopicCheck.fault(declared.tables()))
                .or(() -> EmbeddingCheck.fault(declared.tables()))
                .or(() -> NestingCheck.fault(declared.tables()))
                .or(() -> DocumentKeyCheck.fault(declared.tables()));
        if (fault.isPresent()) {
            return new MissingTarget(fault.get());
        }
        Target target = targets.open(declared.targetConnection(), declared.targetDatabase());
        if (target instanceof MissingTarget) {
            return target;
        }
        if (target.embeds()) {
            return CollectionNameCheck.fault(declared.targetDatabase(), declared.tables())
                    .<Target>map(MissingTarget::new)
                    .orElse(target);
        }
        if (EmbeddingCheck.isNeeded(declared.tables())) {
            return new MissingTarget("the mapping embeds rows into arrays, which only a MongoDB target has: remove"
                    + " embed from target.mapping, or choose another target");
        }
        if (DocumentKeyCheck.isNeeded(declared.tables())) {
            return new MissingTarget(
                    "the mapping says how keys stand in documents, which only a MongoDB target has: remove"
                            + " id from target.mapping, or choose another target");
        }
        return NestingCheck.isNeeded(declared.tables())
                ? new MissingTarget(
                        "the mapping makes fields inside of documents, which only a MongoDB target has: name"
                                + " columns without dots in target.mapping, or choose another target")
                : target;
    }

    private static boolean isSame(PipelineDeclared one, PipelineDeclared other) {
        return one.runId().equals(other.runId())
                && one.targetConnection().equals(other.targetConnection())
                && one.targetDatabase().equals(other.targetDatabase())
                && one.sourceConnection().equals(other.sourceConnection())
                && one.tables().equals(other.tables())
                && Objects.equals(one.heartbeatTable(), other.heartbeatTable());
    }

    /** Ends a pipeline; its positions stay in the target. */
    public synchronized void end(String id) {
        Pipeline ended = byId.remove(id);
        if (ended != null) {
            close(ended);
            LOG.infof("pipeline ended migrationId=%s", id);
        }
    }

    private static void close(Pipeline pipeline) {
        pipeline.closeAll();
        pipeline.meters().remove();
    }

    /** Opens a lane for a partition; empty while no declared pipeline applies its topic. */
    public Optional<Lane> open(String topic, int partition, LaneTools tools) {
        return ofTopic(topic).flatMap(pipeline -> pipeline.open(topic, partition, tools));
    }

    /** The lane of a partition, if this replica has it. */
    Optional<Lane> lane(PartitionId id) {
        Pipeline pipeline = byId.get(id.pipeline());
        return pipeline == null
                ? Optional.empty()
                : pipeline.lanes().stream().filter(lane -> lane.id().equals(id)).findFirst();
    }

    /** Whether a lane's pipeline is still the declared one. */
    public boolean holds(Lane lane) {
        return isCurrent(lane.pipeline());
    }

    /** All of them, as they were declared. */
    public List<PipelineDeclared> declared() {
        return byId.values().stream().map(Pipeline::declared).toList();
    }

    /** The topics that are applied here. */
    public Set<String> topics() {
        return byId.values().stream()
                .flatMap(pipeline -> pipeline.lanes().stream())
                .map(lane -> lane.id().topic())
                .collect(Collectors.toSet());
    }

    /** The pipeline whose topic this is: of several whose names fit, the one with the longest. */
    private Optional<Pipeline> ofTopic(String topic) {
        return byId.values().stream()
                .filter(pipeline -> topic.startsWith(Topics.changesPrefix(pipeline.id()) + "."))
                .max(Comparator.comparingInt(pipeline -> pipeline.id().length()));
    }

    /** One of them. */
    Optional<Pipeline> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Pipeline> all() {
        return byId.values();
    }

    boolean isCurrent(Pipeline pipeline) {
        return byId.get(pipeline.id()) == pipeline;
    }
}
