package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.cause.Suspicions;
import io.flywatch.anomaly.episode.Explanation;
import io.flywatch.anomaly.episode.Observation;
import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.rule.Rule;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.rule.Situation;
import io.flywatch.anomaly.rule.Threshold;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.Anomaly.Expectation;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import io.flywatch.events.anomaly.AnomalyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run under watch: what is known of it, its episodes, and how near each rule is to its limit. */
final class Watched {

    private static final Duration SAMPLES_ARE_LATE_AFTER = Duration.ofSeconds(15);

    private final MigrationWatch watch;
    private final Episodes episodes;
    private DetectorSettings settings;
    private final Suspicions suspicions = new Suspicions();
    private final Map<RuleName, Double> scores = new EnumMap<>(RuleName.class);

    Watched(MigrationWatch watch, Episodes episodes, DetectorSettings settings) {
        this.watch = watch;
        this.episodes = episodes;
        this.settings = settings;
    }

    /** From now on other rules count; tells of episodes whose rule is gone. */
    List<AnomalyEvent> adopt(DetectorSettings next) {
        settings = next;
        Set<String> declared = next.rules().stream()
                .filter(rule -> rule.name() == RuleName.DECLARED)
                .map(rule -> rule instanceof Threshold bound ? bound.measure() : "")
                .collect(Collectors.toSet());
        return episodes.closeUndeclared(declared, watch.seenAt());
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
        Situation situation = watch.situation();
        suspicions.look(situation);
        return judge(settings.rules(), situation, telling);
    }

    /** Judges what can be said when no sample comes. */
    List<AnomalyEvent> judgeSilence(Instant now) {
        Situation situation = watch.situation(now);
        suspicions.look(situation);
        List<AnomalyEvent> told = new ArrayList<>(judge(settings.silences(), situation, true));
        if (now.isAfter(watch.heardAt().plus(SAMPLES_ARE_LATE_AFTER))) {
            for (OpenEpisode open : episodes.open()) {
                if (!isOfSilence(open)) {
                    Judgement nothing = new Unmeasured(open.anomaly().series());
                    add(told, observe(ruleOf(open), situation, nothing, Explanation.NONE, true));
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
            Explanation why = judgement instanceof Breach ? explain(situation, judgement.series()) : Explanation.NONE;
            add(told, observe(rule.name(), situation, judgement, why, telling));
        }
        return told;
    }

    private Explanation explain(Situation situation, String series) {
        List<LikelyCause> causes = suspicions.ranked(situation.now());
        // The rule of lag judges the greater of lag and staleness.
        Sighting seen = situation.sightings().get(series.equals("lag") ? "behind" : series);
        Expectation expected = seen == null
                ? null
                : new Expectation(
                        seen.reading().expected(),
                        seen.reading().lower(),
                        seen.reading().upper(),
                        seen.reading().oneIn(),
                        seen.highestInSeconds());
        return new Explanation(Suspicions.told(causes, situation), expected, causes);
    }

    private @Nullable AnomalyEvent observe(
            RuleName rule, Situation situation, Judgement judgement, Explanation why, boolean telling) {
        Observation seen =
                new Observation(watch.migrationId(), watch.runId(), rule, situation.now(), judgement, why, telling);
        return episodes.observe(seen, settings.policy());
    }

    private static void add(List<AnomalyEvent> told, @Nullable AnomalyEvent event) {
        if (event != null) {
            told.add(event);
        }
    }
}
