package io.flywatch.anomaly;

import io.flywatch.anomaly.adapter.file.RulesFile;
import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.rule.Beyond;
import io.flywatch.anomaly.rule.HighErrorRate;
import io.flywatch.anomaly.rule.HighLag;
import io.flywatch.anomaly.rule.LowThroughput;
import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.rule.Rule;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.rule.Silence;
import io.flywatch.anomaly.rule.Silence.Sender;
import io.flywatch.anomaly.rule.SourceBurst;
import io.flywatch.anomaly.rule.Stalled;
import io.flywatch.anomaly.rule.Threshold;
import io.flywatch.anomaly.rule.Unusual;
import io.flywatch.anomaly.score.Sensitivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes rules of the configuration, or says which keys are wrong. */
final class Thresholds {

    private static final double MARKEDLY = 1.25;
    private static final Duration REPLICA_GONE = Duration.ofSeconds(10);
    private static final String PREFIX = "flywatch.rules.";

    private final AnomalyConfig config;
    private final Sensitivity sensitivity;
    private final RulesFile file;
    private final List<String> flaws = new ArrayList<>();

    private Thresholds(AnomalyConfig config, Sensitivity sensitivity, RulesFile file) {
        this.file = file;
        this.config = config;
        this.sensitivity = sensitivity;
    }

    /** The settings, checked. */
    static DetectorSettings of(AnomalyConfig config) {
        return of(config, config.sensitivity(), RulesFile.EMPTY);
    }

    /** The settings, checked, with another sensitivity and what a file adds. */
    static DetectorSettings of(AnomalyConfig config, Sensitivity sensitivity, RulesFile file) {
        Thresholds thresholds = new Thresholds(config, sensitivity, file);
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
        notNegative("cool-down", config.coolDown());
        notNegative("update-every", config.updateEvery());
        notNegative("warm-up", config.warmUp());
        positive("unmeasured-after", config.unmeasuredAfter());
        positive("give-up-after", config.giveUpAfter());
        notNegative("unusual.after", config.unusual().after());
        atLeast("falling-behind.min-backlog", config.fallingBehind().minBacklog(), 0);
        notNegative("falling-behind.after", config.fallingBehind().after());
        positive("eta-slipping.by", config.etaSlipping().by());
        notNegative("eta-slipping.after", config.etaSlipping().after());
        positive("low-headroom.critical", config.lowHeadroom().critical());
        notNegative("low-headroom.after", config.lowHeadroom().after());
        if (config.lowHeadroom().warning().compareTo(config.lowHeadroom().critical()) < 0) {
            flaws.add(PREFIX + "low-headroom.warning (" + config.lowHeadroom().warning() + ") must not be under "
                    + PREFIX + "low-headroom.critical (" + config.lowHeadroom().critical() + ")");
        }
        positive("heartbeat-stopped.limit", config.heartbeatStopped().limit());
        atLeast("dead-letters.tolerated", config.deadLetters().tolerated(), 0);
        positive("blocked-sessions.limit", config.blockedSessions().limit());
        positive("samples-missing.after", config.samplesMissing().after());
        notNegative("source-burst.after", config.sourceBurst().after());
        if (!(config.sourceBurst().times() > 1) || !(config.sourceBurst().least() >= 0)) {
            flaws.add(PREFIX + "source-burst.times must be over 1, is "
                    + config.sourceBurst().times() + ", and " + PREFIX + "source-burst.least not negative, is "
                    + config.sourceBurst().least());
        }
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
        var errors = config.highErrorRate();
        var lag = config.highLag();
        var stalled = config.stalled();
        return new DetectorSettings(
                rules(),
                List.of(
                        new Silence(Sender.RUNNER, stalled.after()),
                        new Silence(Sender.PROCESSOR, stalled.after()),
                        new Silence(Sender.EVERYBODY, config.samplesMissing().after())),
                new Policy(
                        config.recovery(), config.coolDown(), config.updateEvery(), MARKEDLY, config.unmeasuredAfter()),
                errors.window(),
                lag.warning().toMillis() / 1000.0,
                config.replay(),
                config.maxSeries(),
                REPLICA_GONE,
                config.giveUpAfter(),
                config.history(),
                sensitivity,
                file.maintenance());
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(thresholds());
        double score = sensitivity.threshold();
        Duration after = config.unusual().after();
        rules.add(new Beyond("behind", after, config.warmUp()));
        rules.add(new Beyond("heartbeat_age", after, config.warmUp()));
        rules.add(new Unusual("rows_per_second", score, after, Phase.WORKING));
        rules.add(new Unusual("failing", score, after, null));
        rules.add(new Unusual("clock_skew", score, Duration.ZERO, Phase.STREAMING));
        rules.add(new SourceBurst(
                config.sourceBurst().times(),
                config.sourceBurst().least(),
                config.sourceBurst().after(),
                config.warmUp()));
        rules.add(bound(
                RuleName.FALLING_BEHIND,
                "falling_behind",
                config.fallingBehind().minBacklog(),
                config.fallingBehind().after(),
                "more arrives than is applied, the backlog will not be worked off"));
        rules.add(bound(
                RuleName.ETA_SLIPPING,
                "eta_slip",
                seconds(config.etaSlipping().by()),
                config.etaSlipping().after(),
                "the estimated end moves away"));
        rules.add(new Threshold(
                RuleName.LOW_HEADROOM,
                "headroom",
                false,
                seconds(config.lowHeadroom().warning()),
                seconds(config.lowHeadroom().critical()),
                null,
                config.lowHeadroom().after(),
                "changes will soon be thrown away unread"));
        rules.add(bound(
                RuleName.HEARTBEAT_STOPPED,
                "heartbeat_age",
                seconds(config.heartbeatStopped().limit()),
                Duration.ZERO,
                "no heartbeat comes through"));
        rules.add(bound(
                RuleName.DEAD_LETTERS,
                "new_dead_letters",
                config.deadLetters().tolerated(),
                Duration.ZERO,
                "changes can't be applied and are put aside"));
        rules.add(bound(
                RuleName.BLOCKED_SESSIONS,
                "longest_blocked",
                seconds(config.blockedSessions().limit()),
                Duration.ZERO,
                "sessions wait for locks that the run holds"));
        file.polled().stream()
                .filter(query -> query.meaning().watched())
                .forEach(query -> rules.add(new Unusual(query.series(), score, after, null)));
        rules.addAll(file.declared());
        return rules;
    }

    private static Threshold bound(RuleName name, String measure, double limit, Duration after, String meaning) {
        return new Threshold(name, measure, true, limit, null, null, after, meaning);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private List<Rule> thresholds() {
        var throughput = config.lowThroughput();
        var errors = config.highErrorRate();
        var lag = config.highLag();
        var stalled = config.stalled();
        return List.of(
                new LowThroughput(throughput.share(), throughput.after(), config.warmUp(), throughput.minBacklog()),
                new HighErrorRate(errors.limit(), errors.window(), errors.minErrors(), errors.after()),
                new HighLag(lag.warning(), lag.critical(), lag.after(), config.warmUp()),
                new Stalled(stalled.after(), stalled.brokenAfter()));
    }
}
