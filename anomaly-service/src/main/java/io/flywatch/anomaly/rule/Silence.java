package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The samples themselves stop, while the run should be running: whoever sends them is dead or cut off. Bears the name of
 * {@link Stalled}, as it means the same to who is woken: no progress is known of.
 *
 * @param who whose samples are listened for
 * @param after how long they may be missing
 */
public record Silence(Sender who, Duration after) implements Rule {

    /** Who sends samples. */
    public enum Sender {
        /** The migration-runner, a progress sample each second. */
        RUNNER("progress_samples", "migration-runner"),
        /** The cdc-processor, a lag sample each second. */
        PROCESSOR("lag_samples", "cdc-processor"),
        /** Both: what carries their words may be away. */
        EVERYBODY("samples", "migration-runner and from the cdc-processor");

        private final String series;
        private final String service;

        Sender(String series, String service) {
            this.series = series;
            this.service = service;
        }
    }

    /** The series that it judges. */
    public String series() {
        return who.series;
    }

    @Override
    public RuleName name() {
        return who == Sender.EVERYBODY ? RuleName.SAMPLES_MISSING : RuleName.STALLED;
    }

    @Override
    public Judgement judge(Situation situation) {
        Instant heard = heard(situation);
        if (situation.phase() == Phase.RESTING || heard == null) {
            return new Fine(who.series, 0, "nothing is expected to be heard");
        }
        double silent = Math.max(0, Figures.inSeconds(Duration.between(heard, situation.now())));
        double limit = Figures.inSeconds(after);
        if (silent <= limit) {
            return new Fine(who.series, silent / limit, "samples arrive");
        }
        String what = "no sample from the " + who.service + " for " + Figures.seconds(silent) + ", limit "
                + Figures.seconds(limit);
        String detail = who == Sender.EVERYBODY ? "does Kafka answer?" : "is it running, and does it reach Kafka?";
        Severity severity = who == Sender.EVERYBODY ? Severity.WARNING : Severity.CRITICAL;
        return new Breach(who.series, severity, silent, limit, "seconds", heard, Duration.ZERO, what, detail);
    }

    private @Nullable Instant heard(Situation situation) {
        return switch (who) {
            case RUNNER -> situation.trends().heardRunner();
            case PROCESSOR -> situation.replicates() ? situation.trends().heardProcessor() : null;
            case EVERYBODY ->
                newest(situation.trends().heardRunner(), situation.trends().heardProcessor());
        };
    }

    /** Null unless both were heard: a run of which only one speaks has a rule of its own. */
    private static @Nullable Instant newest(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other == null ? null : one.isAfter(other) ? one : other;
    }
}
