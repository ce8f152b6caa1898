package io.flywatch.cdc;

import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.position.LogRange;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Resume;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes a partition from whoever had it, and finds where to go on. */
record LaneTaking(PartitionId id, Pipeline pipeline, LaneTools tools) {
    private static final Logger LOG = Logger.getLogger(LaneTaking.class);

    /** What became of it. */
    sealed interface Result {

        /** The partition is ours. */
        record Ours(LaneState.Running running) implements Result {}

        /** It is to be tried again. */
        record Later(String reason) implements Result {}

        /** Going on would lose changes. */
        record Broken(String reason) implements Result {}

        /** Somebody else was quicker. */
        record Lost(String reason) implements Result {}
    }

    Result attempt() {
        Optional<LogRange> log = tools.logs().of(id);
        if (log.isEmpty()) {
            return new Result.Later("Kafka does not say what it has of the partition");
        }
        String run = pipeline.declared().runId();
        return switch (pipeline.target().take(id, run)) {
            case Taken.Away away -> new Result.Later(away.reason());
            case Taken.Ours ours ->
                switch (Resume.decide(id, ours.position(), run, log.get())) {
                    case Resume.Broken broken -> new Result.Broken(broken.reason());
                    case Resume.From from -> begin(ours, from, log.get());
                };
        };
    }

    private Result begin(Taken.Ours ours, Resume.From from, LogRange log) {
        return switch (pipeline.target().begin(id, ours.epoch(), from.position())) {
            case Outcome.Away away -> new Result.Later(away.reason());
            case Outcome.TooMuch late -> new Result.Later(late.reason());
            case Outcome.Fenced fenced -> new Result.Lost(fenced.reason());
            case Outcome.Refused refused -> new Result.Later("it refuses the position");
            case Outcome.Applied applied -> {
                LOG.infof(
                        "partition taken migrationId=%s partition=%s offset=%d epoch=%d reason=%s",
                        id.pipeline(), id, from.position().offset(), ours.epoch(), from.reason());
                boolean alone = log.partitions() == 1;
                yield new Result.Ours(new LaneState.Running(ours.epoch(), from.position(), alone, ours.parked()));
            }
        };
    }
}
