package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.polled.PolledPoint;
import io.flywatch.anomaly.polled.PolledQuery;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.series.Ceiling;
import io.flywatch.anomaly.series.Counter;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.anomaly.series.Refusals;
import io.flywatch.anomaly.series.SeriesBook;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.anomaly.series.Window;
import io.flywatch.events.progress.ProgressSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A migration's series, and the trends that rules ask for. */
final class Measures {

    private static final Duration LATELY = Duration.ofSeconds(10);
    /** A replica that takes partitions over counts from nothing until it has read how far they are. */
    private static final Duration COUNTS_SETTLE = Duration.ofSeconds(5);

    private static final double FLOOR_SECONDS = 4;
    private static final double NOTEWORTHY = 0.99;

    private final DetectorSettings settings;
    private final SeriesBook book;
    private final Window errorCounts;
    private final Window recordCounts;
    private final Map<String, Ceiling> ceilings = new HashMap<>();
    private final Map<String, Double> limits = new HashMap<>();
    private final Counter errors = new Counter();
    private final Counter records = new Counter();
    private boolean fromPipeline;
    private long rowsBefore;
    private Instant countsSettle = Instant.MIN;
    private boolean lagSettled = true;

    Measures(String migrationId, DetectorSettings settings, Refusals refusals) {
        this.settings = settings;
        this.book =
                new SeriesBook(migrationId, settings.memory(), settings.mostSeries(), settings.sensitivity(), refusals);
        this.errorCounts = new Window(settings.errorWindow());
        this.recordCounts = new Window(settings.errorWindow());
    }

    SeriesBook book() {
        return book;
    }

    private void hold(String series, Instant at, @Nullable Double value) {
        if (value != null) {
            double floor = FLOOR_SECONDS * settings.sensitivity().bandScales() / Sensitivity.BALANCED.bandScales();
            limits.put(
                    series,
                    ceilings.computeIfAbsent(series, key -> new Ceiling(settings.memory(), floor))
                            .add(at, value));
        }
    }

    /** How high each of the series that should be near nothing may be before that is news. */
    Map<String, Double> ceilings() {
        return limits;
    }

    void regimeBegan() {
        lagSettled = false;
        book.regimeBegan();
    }

    Map<String, Sighting> sightings() {
        return book.sightings();
    }

    void on(ProgressSample sample) {
        book.progress(sample);
        if (!fromPipeline) {
            count(sample.at(), sample.errors(), sample.rowsDone());
        }
    }

    void on(LagView lag, boolean otherReplicas) {
        book.lag(lag);
        if (otherReplicas || !fromPipeline || lag.rows() < rowsBefore) {
            fromPipeline = true;
            countsSettle = lag.at().plus(COUNTS_SETTLE);
        }
        rowsBefore = lag.rows();
        if (lag.at().isBefore(countsSettle)) {
            errors.rebase();
            records.rebase();
        }
        count(lag.at(), lag.errors(), lag.rows());
        Double behind = behind(lag);
        book.write("behind", null, lag.at(), behind);
        hold("behind", lag.at(), behind);
        hold(
                "heartbeat_age",
                lag.at(),
                lag.vitals() == null ? null : lag.vitals().heartbeatAgeSeconds());
        if (behind != null && behind <= settings.lagLimitSeconds()) {
            lagSettled = true;
        }
    }

    void on(PolledPoint point) {
        book.write(PolledQuery.MEASURE, point.part(), point.at(), point.value(), point.meaning());
    }

    private void count(Instant at, long errorsSoFar, long rowsSoFar) {
        double before = errorCounts.last().orElse(0);
        long total = errors.read(errorsSoFar);
        if (errorCounts.add(at, total)) {
            book.write("failing", null, at, Math.max(0, total - before));
        }
        recordCounts.add(at, records.read(rowsSoFar));
    }

    private static @Nullable Double behind(LagView lag) {
        Double one = lag.lagSeconds();
        Double other = lag.stalenessSeconds();
        return one == null ? other : other == null ? one : Double.valueOf(Math.max(one, other));
    }

    long errorsWithin(Instant now) {
        return growth(errorCounts, now);
    }

    /** Applied or failed, within the window of errors. */
    long recordsWithin(Instant now) {
        return growth(recordCounts, now) + errorsWithin(now);
    }

    private long growth(Window counts, Instant now) {
        double before = counts.at(now.minus(settings.errorWindow())).orElse(0);
        return Math.round(counts.last().orElse(0) - before);
    }

    @Nullable
    Double backlogGrowth(Instant now) {
        OptionalDouble before = book.window("backlog", null).at(now.minus(LATELY));
        OptionalDouble after = book.window("backlog", null).last();
        return before.isEmpty() || after.isEmpty() ? null : Double.valueOf(after.getAsDouble() - before.getAsDouble());
    }

    boolean lagFalling(Instant now) {
        Window behind = book.window("behind", null);
        OptionalDouble before = behind.at(now.minus(LATELY));
        return before.isPresent() && behind.last().orElse(0) < before.getAsDouble() * NOTEWORTHY;
    }

    boolean lagSettled() {
        return lagSettled;
    }

    @Nullable
    Double usual(String measure, @Nullable String part) {
        OptionalDouble usual = book.window(measure, part).median();
        return usual.isEmpty() ? null : Double.valueOf(usual.getAsDouble());
    }
}
