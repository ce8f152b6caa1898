package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.episode.Observation;
import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.rule.Causes;
import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.rule.Rule;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.rule.Situation;
import io.flywatch.events.anomaly.AnomalyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run under watch: what is known of it, its episodes, and how near each rule is to its limit. */
final class Watched {

    private static final Duration SAMPLES_ARE_LATE_AFTER = Duration.ofSeconds(15);

    private final MigrationWatch watch;
    private final Episodes episodes;
    private final DetectorSettings settings;
    private final Map<RuleName, Double> scores = new EnumMap<>(RuleName.class);

    Watched(MigrationWatch watch, Episodes episodes, DetectorSettings settings) {
        this.watch = watch;
        this.episodes = episodes;
        this.settings = settings;
    }

    MigrationWatch watch() {
        return watch;
    }

    Episodes episodes() {
        return episodes;
    }

    Map<RuleName, Double> scores() {
        return Map.copyOf(scores);
    }

    /** Judges what the samples say. */
    List<AnomalyEvent> judge(boolean telling) {
        scores.clear();
        return judge(settings.rules(), watch.situation(), telling);
    }

    /** Judges what can be said when no sample comes. */
    List<AnomalyEvent> judgeSilence(Instant now) {
        Situation situation = watch.situation(now);
        List<AnomalyEvent> told = new ArrayList<>(judge(settings.silences(), situation, true));
        if (now.isAfter(watch.heardAt().plus(SAMPLES_ARE_LATE_AFTER))) {
            for (OpenEpisode open : episodes.open()) {
                if (!isOfSilence(open)) {
                    Judgement nothing = new Unmeasured(open.anomaly().series());
                    add(told, observe(ruleOf(open), situation, nothing, null, true));
                }
            }
        }
        return told;
    }

    private boolean isOfSilence(OpenEpisode open) {
        return settings.silences().stream()
                .anyMatch(silence -> silence.series().equals(open.anomaly().series()));
    }

    private static RuleName ruleOf(OpenEpisode open) {
        for (RuleName name : RuleName.values()) {
            if (name.id().equals(open.anomaly().rule())) {
                return name;
            }
        }
        throw new IllegalArgumentException("no rule is named " + open.anomaly().rule());
    }

    private List<AnomalyEvent> judge(List<? extends Rule> rules, Situation situation, boolean telling) {
        List<AnomalyEvent> told = new ArrayList<>();
        for (Rule rule : rules) {
            Judgement judgement = rule.judge(situation);
            if (!Double.isNaN(judgement.score())) {
                scores.merge(rule.name(), judgement.score(), Math::max);
            }
            String cause = judgement instanceof Breach ? Causes.told(situation) : null;
            add(told, observe(rule.name(), situation, judgement, cause, telling));
        }
        return told;
    }

    private @Nullable AnomalyEvent observe(
            RuleName rule, Situation situation, Judgement judgement, @Nullable String cause, boolean telling) {
        Observation seen =
                new Observation(watch.migrationId(), watch.runId(), rule, situation.now(), judgement, cause, telling);
        return episodes.observe(seen, settings.policy());
    }

    private static void add(List<AnomalyEvent> told, @Nullable AnomalyEvent event) {
        if (event != null) {
            told.add(event);
        }
    }
}
