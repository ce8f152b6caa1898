package io.flywatch.anomaly.cause;

import io.flywatch.anomaly.rule.Figures;
import io.flywatch.anomaly.rule.Signs;
import io.flywatch.anomaly.rule.Situation;
import io.flywatch.anomaly.rule.Trends;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at one moment for signs of each suspect. What a service says plainly counts most, numbers that moved together less. */
final class Causes {

    private static final double SAID = 10;
    private static final double SIGN = 4;
    private static final double HINT = 2;
    private static final double TIMES_THE_USUAL = 4;
    private static final double SLOW_STAGE_SECONDS = 0.6;
    private static final double SKEW_SECONDS = 2;
    private static final double MANY_PER_SECOND = 1000;
    private static final Duration GAP = Duration.ofSeconds(5);

    private static final long LONGEST_GAP_SECONDS = 40;

    private final List<Suspect> found = new ArrayList<>();
    private final Situation situation;
    private final Signs signs;

    private Causes(Situation situation) {
        this.situation = situation;
        this.signs = situation.trends().signs();
    }

    static List<Suspect> of(Situation situation) {
        Causes causes = new Causes(situation);
        causes.hearing();
        if (situation.progress() != null) {
            causes.runner(situation.progress());
        }
        if (situation.lag() != null) {
            LagView lag = situation.lag();
            causes.words(lag.reason());
            causes.clock(lag);
            causes.refused(lag);
            causes.target(lag);
            causes.source(lag);
        }
        return List.copyOf(causes.found);
    }

    private void add(CauseKind kind, double strength, String evidence) {
        if (strength > 0) {
            found.add(new Suspect(kind, strength, evidence));
        }
    }

    /** Runner and processor fall silent together only if what carries their words is away. */
    private void hearing() {
        Signs.Gap gap = signs.gap();
        if (gap != null && gap.length().compareTo(GAP) > 0) {
            // A night without Kafka must not explain all that comes in the minutes after it.
            double strength = SAID + Math.min(LONGEST_GAP_SECONDS, gap.length().toSeconds()) / 4.0;
            add(
                    CauseKind.BROKER,
                    strength,
                    "Kafka does not answer: for " + Figures.seconds(gap.length())
                            + " neither the runner nor the processor could be heard");
        }
    }

    private void runner(ProgressSample progress) {
        String activity = progress.activity();
        String said = activity.replaceFirst("^waiting: ", "") + ", as the migration-runner sees it";
        String lower = activity.toLowerCase(Locale.ROOT);
        if (Words.CONNECTOR.matcher(lower).find()) {
            boolean network = Words.AWAY.matcher(lower).find();
            add(network ? CauseKind.NETWORK : CauseKind.CONNECTOR_STOPPED, SAID, said);
        }
        if (Words.SOURCE_AWAY.matcher(lower).find()) {
            add(CauseKind.NETWORK, SAID, said);
        }
        if (progress.server() != null && progress.server().blockedBy() != null) {
            add(
                    CauseKind.TARGET_LOCK,
                    SAID,
                    "a lock at the target: the run waits for "
                            + progress.server().blockedBy());
        }
    }

    /** What the processor says of itself and of what the target answers. */
    private void words(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (Words.DISK.matcher(lower).find()) {
            add(CauseKind.DISK_FULL, SAID + 2, CauseKind.DISK_FULL.words() + ": " + reason);
        } else if (Words.LOCK.matcher(lower).find()) {
            add(CauseKind.TARGET_LOCK, SAID + 2, CauseKind.TARGET_LOCK.words() + ": " + reason);
        } else if (Words.TARGET_AWAY.matcher(lower).find()) {
            add(CauseKind.NETWORK, SAID, "the target can't be reached: " + reason);
        } else if (Words.NO_SLOT.matcher(lower).find()) {
            add(CauseKind.CONNECTOR_STOPPED, SIGN, reason);
        } else if (Words.HEARTBEAT_STOPPED.matcher(lower).find()) {
            add(CauseKind.HEARTBEAT_STOPPED, SIGN, reason);
        } else if (Words.LARGE_TRANSACTION.matcher(lower).find()) {
            add(CauseKind.HUGE_TRANSACTION, SIGN, reason);
        }
    }

    private void clock(LagView lag) {
        Double skew = lag.clockSkewSeconds();
        double usual = signs.usualSkew() == null ? 0 : signs.usualSkew();
        double off = skew == null ? 0 : skew - usual;
        if (Math.abs(off) > SKEW_SECONDS) {
            add(
                    CauseKind.SKEWED_CLOCK,
                    SAID + SIGN,
                    "a clock is wrong: the source's is " + Figures.seconds(Math.abs(off))
                            + (off > 0 ? " ahead" : " behind") + " of where it was");
        }
        double capture = orNothing(lag.stages().capture());
        if (capture < -SKEW_SECONDS) {
            add(
                    CauseKind.SKEWED_CLOCK,
                    SAID,
                    "a clock is wrong: changes are captured " + Figures.seconds(-capture)
                            + " before they are committed");
        }
    }

    private void refused(LagView lag) {
        if (situation.trends().errors() > 0 && lag.deadLetters() > 0) {
            add(
                    CauseKind.ERROR_BURST,
                    SAID,
                    "records that the target refuses: " + Figures.count(lag.deadLetters()) + " dead letters, "
                            + Figures.count(situation.trends().errors()) + " errors lately");
        }
    }

    private void target(LagView lag) {
        Trends trends = situation.trends();
        double apply = orNothing(lag.stages().apply());
        double usual = Math.max(0.05, orNothing(trends.usualApplySeconds()));
        if (apply >= SLOW_STAGE_SECONDS && apply >= TIMES_THE_USUAL * usual) {
            add(
                    CauseKind.TARGET_SLOW,
                    SIGN * Math.min(2, apply / (TIMES_THE_USUAL * usual)),
                    "the target is slow: a batch took " + Figures.seconds(apply) + " to be committed, usual is "
                            + Figures.seconds(usual));
        } else if (dominates(apply, lag.stages())) {
            add(
                    CauseKind.TARGET_SLOW,
                    HINT,
                    "the target is slow: " + Figures.seconds(apply) + " of " + Figures.seconds(sum(lag.stages()))
                            + " pass between receipt and commit at the target");
        }
        if (lag.reason().contains("The target sets the pace")) {
            add(CauseKind.TARGET_SLOW, SIGN, lag.reason());
        }
        Signs.Stuck stuck = signs.stuck();
        if (stuck != null && lag.state() != PipelineState.THROTTLED && lag.state() != PipelineState.BROKEN) {
            double seconds = Figures.inSeconds(stuck.lasting());
            add(
                    CauseKind.TARGET_LOCK,
                    Math.min(SAID - 1, seconds),
                    "a lock at the target: no row of " + stuck.table() + " was applied for " + Figures.seconds(seconds)
                            + " though " + Figures.count(stuck.waiting()) + " wait and no write fails");
        }
    }

    private void source(LagView lag) {
        Trends trends = situation.trends();
        double usual = orNothing(trends.usualArriving());
        StageLag stages = lag.stages();
        double capture = orNothing(stages.capture());
        boolean many = usual > 0 && lag.arrivingPerSecond() >= TIMES_THE_USUAL * usual && lag.arrivingPerSecond() > 20;
        if (many) {
            boolean huge = lag.arrivingPerSecond() >= MANY_PER_SECOND && signs.oneTableGrows() != null;
            String arrive =
                    Figures.perSecond(lag.arrivingPerSecond()) + " arrive, usual are " + Figures.perSecond(usual);
            add(
                    CauseKind.SOURCE_BURST,
                    huge || capture > 5 ? HINT : SIGN + HINT,
                    "the source writes more than usual: " + arrive);
            if (huge) {
                add(
                        CauseKind.HUGE_TRANSACTION,
                        SIGN + HINT,
                        "a large transaction at the source: " + arrive + ", nearly all of " + signs.oneTableGrows());
            }
        }
        double heartbeat = lag.vitals() == null ? 0 : orNothing(lag.vitals().heartbeatAgeSeconds());
        if (heartbeat > 4 && lag.appliedPerSecond() > 0 && lag.arrivingPerSecond() > 0 && heartbeat > 3 + behind(lag)) {
            add(
                    CauseKind.HEARTBEAT_STOPPED,
                    SIGN,
                    "the heartbeat's writer has stopped: the last heartbeat is " + Figures.seconds(heartbeat)
                            + " old, changes come as before");
        }
        if (dominates(capture, stages) && !many) {
            add(
                    CauseKind.NETWORK,
                    SIGN,
                    "the way from the source is slow: " + Figures.seconds(capture) + " of "
                            + Figures.seconds(sum(stages))
                            + " pass between the commit at the source and the connector");
        } else if (signs.nothingArrivesFor() != null
                && lag.arrivingPerSecond() == 0
                && lag.state() != PipelineState.STALLED) {
            double seconds = Figures.inSeconds(signs.nothingArrivesFor());
            if (seconds >= 3) {
                add(
                        CauseKind.NETWORK,
                        HINT,
                        "nothing arrives from the source for " + Figures.seconds(seconds)
                                + ", heartbeats neither: the way to it, the connector or its slot stands still");
            }
        }
        double transport = orNothing(stages.transport());
        if (transport > 2 && dominates(transport, stages)) {
            add(
                    CauseKind.BROKER,
                    HINT,
                    "Kafka is slow: " + Figures.seconds(transport) + " of " + Figures.seconds(sum(stages))
                            + " pass between the connector and the processor");
        }
    }

    /** Where changes are late as well, it is the way that is slow, and not the writer that has stopped. */
    private static double behind(LagView lag) {
        return Math.max(0, Math.max(orNothing(lag.lagSeconds()), orNothing(lag.stalenessSeconds())));
    }

    private static boolean dominates(double stage, StageLag stages) {
        return stage >= SLOW_STAGE_SECONDS && stage >= 0.6 * sum(stages);
    }

    private static double sum(StageLag stages) {
        return orNothing(stages.capture()) + orNothing(stages.transport()) + orNothing(stages.apply());
    }

    private static double orNothing(@Nullable Double seconds) {
        return Objects.requireNonNullElse(seconds, 0.0);
    }
}
