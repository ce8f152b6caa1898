package io.flywatch.anomaly;

import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.rule.HighErrorRate;
import io.flywatch.anomaly.rule.HighLag;
import io.flywatch.anomaly.rule.LowThroughput;
import io.flywatch.anomaly.rule.Silence;
import io.flywatch.anomaly.rule.Silence.Sender;
import io.flywatch.anomaly.rule.Stalled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes rules of the configuration, or says which keys are wrong. */
final class Thresholds {

    private static final double MARKEDLY = 1.25;
    private static final Duration REPLICA_GONE = Duration.ofSeconds(10);
    private static final String PREFIX = "flywatch.rules.";

    private final AnomalyConfig config;
    private final List<String> flaws = new ArrayList<>();

    private Thresholds(AnomalyConfig config) {
        this.config = config;
    }

    /** The settings, checked. */
    static DetectorSettings of(AnomalyConfig config) {
        Thresholds thresholds = new Thresholds(config);
        thresholds.check();
        if (!thresholds.flaws.isEmpty()) {
            throw new IllegalArgumentException("The rules are not right: " + String.join("; ", thresholds.flaws));
        }
        return thresholds.settings();
    }

    private void check() {
        share("low-throughput.share", config.lowThroughput().share());
        notNegative("low-throughput.after", config.lowThroughput().after());
        atLeast("low-throughput.min-backlog", config.lowThroughput().minBacklog(), 0);
        share("high-error-rate.limit", config.highErrorRate().limit());
        positive("high-error-rate.window", config.highErrorRate().window());
        atLeast("high-error-rate.min-errors", config.highErrorRate().minErrors(), 1);
        notNegative("high-error-rate.after", config.highErrorRate().after());
        positive("high-lag.warning", config.highLag().warning());
        notNegative("high-lag.after", config.highLag().after());
        if (config.highLag().critical().compareTo(config.highLag().warning()) < 0) {
            flaws.add(PREFIX + "high-lag.critical (" + config.highLag().critical() + ") must not be under " + PREFIX
                    + "high-lag.warning (" + config.highLag().warning() + ")");
        }
        positive("stalled.after", config.stalled().after());
        positive("stalled.broken-after", config.stalled().brokenAfter());
        notNegative("recovery", config.recovery());
        notNegative("update-every", config.updateEvery());
        notNegative("warm-up", config.warmUp());
        positive("unmeasured-after", config.unmeasuredAfter());
        positive("give-up-after", config.giveUpAfter());
        atLeast("history", config.history(), 0);
        atLeast("max-series", config.maxSeries(), 20);
        replay();
    }

    private void replay() {
        Duration needed = List.of(
                        config.lowThroughput().after(),
                        config.highErrorRate().window(),
                        config.stalled().after(),
                        config.recovery())
                .stream()
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other)
                .multipliedBy(2);
        if (config.replay().compareTo(needed) < 0) {
            flaws.add(PREFIX + "replay (" + config.replay() + ") must be at least " + needed
                    + ", twice the longest duration of a rule");
        }
    }

    private void share(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            flaws.add(PREFIX + key + " must be over 0 and at most 1, is " + value);
        }
    }

    private void positive(String key, Duration value) {
        if (!value.isPositive()) {
            flaws.add(PREFIX + key + " must be longer than nothing, is " + value);
        }
    }

    private void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            flaws.add(PREFIX + key + " must not be negative, is " + value);
        }
    }

    private void atLeast(String key, long value, long least) {
        if (value < least) {
            flaws.add(PREFIX + key + " must be at least " + least + ", is " + value);
        }
    }

    private DetectorSettings settings() {
        var throughput = config.lowThroughput();
        var errors = config.highErrorRate();
        var lag = config.highLag();
        var stalled = config.stalled();
        return new DetectorSettings(
                List.of(
                        new LowThroughput(
                                throughput.share(), throughput.after(), config.warmUp(), throughput.minBacklog()),
                        new HighErrorRate(errors.limit(), errors.window(), errors.minErrors(), errors.after()),
                        new HighLag(lag.warning(), lag.critical(), lag.after(), config.warmUp()),
                        new Stalled(stalled.after(), stalled.brokenAfter())),
                List.of(new Silence(Sender.RUNNER, stalled.after()), new Silence(Sender.PROCESSOR, stalled.after())),
                new Policy(config.recovery(), config.updateEvery(), MARKEDLY, config.unmeasuredAfter()),
                errors.window(),
                lag.warning().toMillis() / 1000.0,
                config.replay(),
                config.maxSeries(),
                REPLICA_GONE,
                config.giveUpAfter(),
                config.history());
    }
}
