package io.flywatch.anomaly.episode;

import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Lingering;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.events.anomaly.AnomalyClosed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one series stands with one rule. The moves are methods of the states; while the past is replayed nothing is told. */
public sealed interface Episode
        permits Episode.Calm, Episode.Suspected, OpenEpisode, Episode.Recovering, Episode.Cooling {

    /** What an observation makes of this. */
    Step observe(Observation seen, Policy policy);

    /** In range, as far as is known. */
    record Calm() implements Episode {
        @Override
        public Step observe(Observation seen, Policy policy) {
            return switch (seen.judgement()) {
                case Breach breach ->
                    new Suspected(breach.since() == null ? seen.at() : breach.since(), seen.at(), breach.value())
                            .observe(seen, policy);
                case Fine fine -> Step.silently(this);
                case Lingering lingering -> Step.silently(this);
                case Unmeasured unmeasured -> Step.silently(this);
            };
        }
    }

    /**
     * Out of range, but not for long enough to tell anybody.
     *
     * @param since when it left its range
     * @param measured when it was last measured
     * @param peak the worst value so far
     */
    record Suspected(Instant since, Instant measured, double peak) implements Episode {
        @Override
        public Step observe(Observation seen, Policy policy) {
            return switch (seen.judgement()) {
                case Breach breach -> worsen(breach, seen);
                case Fine fine -> Step.silently(new Calm());
                case Lingering lingering -> Step.silently(new Calm());
                case Unmeasured unmeasured ->
                    Step.silently(measured.plus(policy.unmeasuredAfter()).isBefore(seen.at()) ? new Calm() : this);
            };
        }

        private Step worsen(Breach breach, Observation seen) {
            double worst = breach.worse(peak, breach.value());
            boolean lasts = !seen.at().isBefore(since.plus(breach.opensAfter()));
            return lasts && seen.telling()
                    ? OpenEpisode.open(seen, breach, since, worst)
                    : Step.silently(new Suspected(since, seen.at(), worst));
        }
    }

    /**
     * Told, and back in range, but not for long enough to say that it is over.
     *
     * @param since when it came back
     */
    record Recovering(OpenEpisode open, Instant since) implements Episode {
        @Override
        public Step observe(Observation seen, Policy policy) {
            Judgement judgement = seen.judgement();
            if (judgement instanceof Breach || judgement instanceof Lingering) {
                return open.observe(seen, policy);
            }
            boolean over = !seen.at().isBefore(since.plus(policy.recovery()));
            return over && seen.telling() ? close(judgement, seen, policy) : Step.silently(this);
        }

        private Step close(Judgement judgement, Observation seen, Policy policy) {
            String why = judgement instanceof Fine fine ? "back in range: " + fine.why() : "back in range";
            return new Step(
                    new Cooling(seen.at().plus(policy.coolDown()), null, 0),
                    new AnomalyClosed(seen.migrationId(), open.runId(), seen.at(), open.anomaly(), why));
        }
    }

    /**
     * Over, and not for long: what leaves its range again is watched, and told only when the cool-down is over. What flaps is told once.
     *
     * @param until when it counts as calm again
     * @param since since when it has been out of its range again; null if it is not
     * @param peak the worst value since then
     */
    record Cooling(Instant until, @Nullable Instant since, double peak) implements Episode {
        @Override
        public Step observe(Observation seen, Policy policy) {
            if (!seen.at().isBefore(until)) {
                return (since == null ? new Calm() : new Suspected(since, seen.at(), peak)).observe(seen, policy);
            }
            if (seen.judgement() instanceof Breach breach) {
                return Step.silently(new Cooling(
                        until,
                        since == null ? seen.at() : since,
                        since == null ? breach.value() : breach.worse(peak, breach.value())));
            }
            return Step.silently(new Cooling(until, null, 0));
        }
    }
}
