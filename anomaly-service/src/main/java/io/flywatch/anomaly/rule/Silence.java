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
        PROCESSOR("lag_samples", "cdc-processor");

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
        return RuleName.STALLED;
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
        String detail = "is it running, and does it reach Kafka?";
        return new Breach(who.series, Severity.CRITICAL, silent, limit, "seconds", heard, Duration.ZERO, what, detail);
    }

    private @Nullable Instant heard(Situation situation) {
        return switch (who) {
            case RUNNER -> situation.trends().heardRunner();
            case PROCESSOR -> situation.replicates() ? situation.trends().heardProcessor() : null;
        };
    }
}
