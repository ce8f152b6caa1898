package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.ServerSight;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says why, where the samples tell it plainly, with the evidence; guesses nothing. */
public final class Causes {

    private static final Pattern CONNECTOR_TROUBLE =
            Pattern.compile("connector.*(fail|pause|stop|missing|deleted|not run|unassigned)|kafka connect");
    private static final Set<PipelineState> SPEAKS_FOR_ITSELF =
            Set.of(PipelineState.BROKEN, PipelineState.THROTTLED, PipelineState.STALLED);
    private static final double SHARE_THAT_DOMINATES = 0.6;
    private static final double TIMES_THE_USUAL = 4;
    private static final double SLOW_BATCH_SECONDS = 0.5;

    private Causes() {}

    /** The likely cause of a migration's trouble, and after it what else changed at the same time; null where nothing is plain. */
    public static @Nullable String told(Situation situation) {
        String cause = of(situation);
        String together = Together.of(situation.sightings().values());
        if (together == null) {
            return cause;
        }
        return cause == null ? "not plain; changed together: " + together : cause + "; changed together: " + together;
    }

    /** The likely cause of a migration's trouble; null where none is plain. */
    public static @Nullable String of(Situation situation) {
        ProgressSample progress = situation.progress();
        if (progress != null
                && CONNECTOR_TROUBLE
                        .matcher(progress.activity().toLowerCase(Locale.ROOT))
                        .find()) {
            return progress.activity().replaceFirst("^waiting: ", "") + ", as the migration-runner sees it";
        }
        String lock = lock(progress);
        if (lock != null) {
            return lock;
        }
        LagView lag = situation.lag();
        return lag == null ? null : ofPipeline(lag, situation.trends());
    }

    private static @Nullable String lock(@Nullable ProgressSample progress) {
        ServerSight server = progress == null ? null : progress.server();
        if (server == null || server.blockedBy() == null) {
            return null;
        }
        return "a lock at the target: the run waits for " + server.blockedBy();
    }

    private static @Nullable String ofPipeline(LagView lag, Trends trends) {
        if (SPEAKS_FOR_ITSELF.contains(lag.state())) {
            return lag.reason();
        }
        if (trends.errors() > 0 && lag.deadLetters() > 0) {
            return "records that the target refuses: " + Figures.count(lag.deadLetters()) + " dead letters";
        }
        String slow = slowTarget(lag, trends);
        if (slow != null) {
            return slow;
        }
        if (lag.arrivingPerSecond() == 0 && lag.backlog() == 0 && staleness(lag) > 5) {
            return "nothing arrives from the source, heartbeats neither: the connector, its slot or the source stands still";
        }
        return burstOrStage(lag, trends);
    }

    private static @Nullable String slowTarget(LagView lag, Trends trends) {
        StageLag stages = lag.stages();
        double apply = orNothing(stages.apply());
        Double usual = trends.usualApplySeconds();
        if (usual != null && apply >= SLOW_BATCH_SECONDS && apply >= TIMES_THE_USUAL * usual) {
            return "the target is slow: a batch took " + Figures.seconds(apply) + " to be committed, usual is "
                    + Figures.seconds(usual);
        }
        return dominates(apply, stages)
                ? "the target is slow: " + Figures.seconds(apply) + " of " + Figures.seconds(sum(stages))
                        + " pass between receipt and commit at the target"
                : null;
    }

    private static @Nullable String burstOrStage(LagView lag, Trends trends) {
        Double usual = trends.usualArriving();
        if (usual != null && usual > 0 && lag.arrivingPerSecond() >= TIMES_THE_USUAL * usual) {
            return "the source writes more than usual: " + Figures.perSecond(lag.arrivingPerSecond())
                    + " arrive, usual are " + Figures.perSecond(usual);
        }
        StageLag stages = lag.stages();
        double transport = orNothing(stages.transport());
        if (dominates(transport, stages)) {
            return "Kafka or the network is slow: " + Figures.seconds(transport) + " of " + Figures.seconds(sum(stages))
                    + " pass between the connector and the processor";
        }
        double capture = orNothing(stages.capture());
        return dominates(capture, stages)
                ? "changes are captured late: " + Figures.seconds(capture) + " of " + Figures.seconds(sum(stages))
                        + " pass between the commit at the source and the connector"
                : null;
    }

    private static boolean dominates(double stage, StageLag stages) {
        return stage >= SLOW_BATCH_SECONDS && stage >= SHARE_THAT_DOMINATES * sum(stages);
    }

    private static double sum(StageLag stages) {
        return orNothing(stages.capture()) + orNothing(stages.transport()) + orNothing(stages.apply());
    }

    private static double staleness(LagView lag) {
        return orNothing(lag.stalenessSeconds());
    }

    private static double orNothing(@Nullable Double seconds) {
        return Objects.requireNonNullElse(seconds, 0.0);
    }
}
