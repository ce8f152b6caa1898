package io.flywatch.anomaly.episode;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Lingering;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An episode that the world was told of.
 *
 * @param anomaly its newest state
 * @param runId the run that it is of
 * @param toldAt when the world was last told of it
 * @param toldPeak the peak that it was told then
 * @param measured when the series was last measured
 * @param toldCause the likeliest cause that it was told then; empty if none was
 * @param easedSince since when the severity is lower than the one told; null if it is not
 */
public record OpenEpisode(
        Anomaly anomaly,
        @Nullable String runId,
        Instant toldAt,
        double toldPeak,
        Instant measured,
        String toldCause,
        @Nullable Instant easedSince)
        implements Episode {

    private static final Duration CAUSES_EVERY = Duration.ofSeconds(2);

    /** The episode as an earlier process left it. */
    public static OpenEpisode resumed(Anomaly anomaly, @Nullable String runId, Instant toldAt) {
        return new OpenEpisode(anomaly, runId, toldAt, anomaly.peak(), toldAt, causeOf(anomaly), null);
    }

    static Step open(Observation seen, Breach breach, Instant since, double peak) {
        Anomaly anomaly = Anomalies.of(seen, breach, since, breach.severity(), peak);
        return new Step(
                new OpenEpisode(anomaly, seen.runId(), seen.at(), peak, seen.at(), causeOf(anomaly), null),
                new AnomalyOpened(seen.migrationId(), seen.runId(), seen.at(), anomaly));
    }

    @Override
    public Step observe(Observation seen, Policy policy) {
        return switch (seen.judgement()) {
            case Breach breach -> seen.telling() ? goOn(seen, breach, policy) : Step.silently(measuredAt(seen.at()));
            case Fine fine -> Step.silently(new Recovering(measuredAt(seen.at()), seen.at()));
            case Lingering lingering -> Step.silently(measuredAt(seen.at()));
            case Unmeasured unmeasured ->
                seen.telling() && measured.plus(policy.unmeasuredAfter()).isBefore(seen.at())
                        ? close(
                                seen.migrationId(),
                                seen.at(),
                                "there has been no measurement for " + policy.unmeasuredAfter())
                        : Step.silently(this);
        };
    }

    private Step goOn(Observation seen, Breach breach, Policy policy) {
        double peak = breach.worse(anomaly.peak(), breach.value());
        Instant eased = breach.severity().compareTo(anomaly.severity()) < 0
                ? (easedSince == null ? seen.at() : easedSince)
                : null;
        boolean easedForGood = eased != null && !seen.at().isBefore(eased.plus(policy.recovery()));
        Severity severity = eased == null || easedForGood ? breach.severity() : anomaly.severity();
        Anomaly now = Anomalies.of(seen, breach, anomaly, severity, peak);
        boolean tell = severity != anomaly.severity()
                || isMarkedlyWorse(peak, breach, seen.at(), policy)
                || hasAnotherCause(now, seen.at());
        OpenEpisode next = new OpenEpisode(
                now,
                runId,
                tell ? seen.at() : toldAt,
                tell ? peak : toldPeak,
                seen.at(),
                tell ? causeOf(now) : toldCause,
                easedForGood ? null : eased);
        return new Step(next, tell ? new AnomalyUpdated(seen.migrationId(), runId, seen.at(), now) : null);
    }

    /** The evidence comes in as time goes by: what is now thought to be behind it is told, too. */
    private boolean hasAnotherCause(Anomaly now, Instant at) {
        return leadingCause(now) != null
                && !toldCause.equals(leadingCause(now))
                && !at.isBefore(toldAt.plus(CAUSES_EVERY));
    }

    private static @Nullable String leadingCause(Anomaly anomaly) {
        List<LikelyCause> causes = anomaly.causes();
        return causes == null || causes.isEmpty() ? null : causes.getFirst().kind();
    }

    private static String causeOf(Anomaly anomaly) {
        String leading = leadingCause(anomaly);
        return leading == null ? "" : leading;
    }

    private boolean isMarkedlyWorse(double peak, Breach breach, Instant at, Policy policy) {
        boolean markedly =
                breach.lowIsBad() ? peak * policy.markedly() < toldPeak : peak > toldPeak * policy.markedly();
        return markedly && !at.isBefore(toldAt.plus(policy.updateEvery()));
    }

    private OpenEpisode measuredAt(Instant at) {
        return new OpenEpisode(anomaly, runId, toldAt, toldPeak, at, toldCause, easedSince);
    }

    /** Ends the episode from outside, e.g. because its run ended. */
    public Step close(String migrationId, Instant at, String reason) {
        return new Step(new Calm(), new AnomalyClosed(migrationId, runId, at, anomaly, reason));
    }
}
