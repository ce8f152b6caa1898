package io.flywatch.anomaly.series;

import io.flywatch.anomaly.score.Intake;
import io.flywatch.anomaly.score.Intake.Verdict;
import io.flywatch.anomaly.score.Reading;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.score.SeriesScorer;
import io.flywatch.anomaly.score.Spells;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One series under watch: its scorer, and whether it is out of its range. */
final class Track {

    private final String name;
    private final Meaning meaning;
    private final Sensitivity sensitivity;
    private final Intake intake = new Intake();
    private final SeriesScorer scorer;
    private Spells spells;
    private @Nullable Sighting newest;
    private @Nullable Instant first;
    private long points;

    Track(String name, Meaning meaning, Sensitivity sensitivity) {
        this.name = name;
        this.meaning = meaning;
        this.sensitivity = sensitivity;
        this.scorer = new SeriesScorer(meaning.nature(), sensitivity);
        this.spells = new Spells(meaning.nature().direction(), sensitivity);
    }

    /** Takes a point; says what became of it. */
    Verdict add(Instant at, double value) {
        Verdict verdict = intake.judge(at.toEpochMilli(), value);
        if (verdict == Verdict.TAKEN) {
            Reading reading = scorer.on(at.toEpochMilli(), value);
            boolean unusual = spells.on(reading, value) > 0;
            Instant since = newest == null ? null : newest.unusualSince();
            first = first == null ? at : first;
            points++;
            newest = new Sighting(
                    name, meaning, at, value, reading, apart(first, at), unusual ? (since == null ? at : since) : null);
        }
        return verdict;
    }

    private double apart(Instant since, Instant at) {
        return points < 2 ? 0 : Duration.between(since, at).toMillis() / 1e3 / (points - 1);
    }

    void regimeBegan() {
        scorer.regimeBegan();
        spells = new Spells(meaning.nature().direction(), sensitivity);
        if (newest != null && newest.isUnusual()) {
            newest = new Sighting(
                    name, meaning, newest.at(), newest.value(), newest.reading(), newest.secondsApart(), null);
        }
    }

    /** The newest point; null if there is none yet. */
    @Nullable
    Sighting newest() {
        return newest;
    }
}
