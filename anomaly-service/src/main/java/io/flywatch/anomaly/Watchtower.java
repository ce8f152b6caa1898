package io.flywatch.anomaly;

import io.flywatch.anomaly.detect.Board;
import io.flywatch.anomaly.detect.Detector;
import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.polled.PolledPoint;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.series.Refusals;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The use case: events in, anomalies out. One thread brings events; any thread may look at the board. */
@Singleton
@Startup
public final class Watchtower {
    private static final int MIGRATIONS_AT_ONCE = 50;

    private final RuleBook rules;
    private volatile DetectorSettings settings;
    private final AnomalyMetrics metrics;
    private Detector detector;
    private volatile Board board = Board.EMPTY;
    private final Refusals refusals = new Refusals();
    private final Queue<PolledPoint> polled = new ConcurrentLinkedQueue<>();
    private final SequencedSet<String> toTick = new LinkedHashSet<>();
    private Instant tickedAt = Instant.EPOCH;
    private final AtomicLong begun = new AtomicLong();

    Watchtower(RuleBook rules, AnomalyMetrics metrics) {
        this.rules = rules;
        this.settings = rules.settings();
        metrics.rulesFileFlaws(() -> rules.state().flaws().size());
        this.metrics = metrics;
        metrics.refusals(refusals);
        this.detector = new Detector(settings, refusals);
    }

    /** Begins anew, with what was told before. */
    public void begin(List<AnomalyEvent> toldBefore, Instant now) {
        detector = new Detector(settings, refusals);
        toTick.clear();
        detector.resume(toldBefore, now);
        begun.incrementAndGet();
        look();
    }

    /**
     * Takes an event.
     *
     * @param heard when it was received
     * @param telling false while the past is replayed
     * @return what the world is to be told
     */
    public List<AnomalyEvent> on(FlywatchEvent event, Instant heard, boolean telling) {
        return switch (event) {
            case ProgressEvent progress -> detector.on(progress, heard, telling);
            case LagSample sample -> detector.on(sample, heard, telling);
            default -> List.of();
        };
    }

    /** How often it has begun anew: what was known of the surroundings is gone each time. */
    public long begun() {
        return begun.get();
    }

    /** Takes numbers that were asked for, from any thread, in the order of their times; they are worked on with the next tick. */
    public void polled(List<PolledPoint> points) {
        polled.addAll(points);
    }

    /** Lets time pass, and looks whether the rules' file changed. What follows for each migration is in {@link #tickOn()}. */
    public void tick(Instant now) {
        if (rules.reload()) {
            settings = rules.settings();
            detector.adopt(settings);
        }
        for (PolledPoint point = polled.poll(); point != null; point = polled.poll()) {
            detector.on(point);
        }
        tickedAt = now;
        toTick.addAll(detector.migrations());
    }

    /** Whether time has not passed yet for some migrations. */
    public boolean ticks() {
        return !toTick.isEmpty();
    }

    /** Lets time pass for a few migrations: who has thousands must not keep an event waiting for all of them. */
    public List<AnomalyEvent> tickOn() {
        if (toTick.isEmpty()) {
            return List.of();
        }
        List<String> few = toTick.stream().limit(MIGRATIONS_AT_ONCE).toList();
        few.forEach(toTick::remove);
        List<AnomalyEvent> told = detector.tick(few, tickedAt);
        if (toTick.isEmpty()) {
            look();
            metrics.arrange();
        }
        return told;
    }

    /** Makes what is known now visible to others. */
    public void look() {
        board = detector.board();
        metrics.show(board);
    }

    /** The settings in force. */
    public DetectorSettings settings() {
        return settings;
    }

    /** The settings in force, but for the sensitivity. */
    public DetectorSettings settingsWith(Sensitivity sensitivity) {
        return rules.settingsWith(sensitivity);
    }

    /** What is known. */
    public Board board() {
        return board;
    }
}
