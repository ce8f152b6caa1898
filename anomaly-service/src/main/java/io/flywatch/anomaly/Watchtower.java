package io.flywatch.anomaly;

import io.flywatch.anomaly.detect.Board;
import io.flywatch.anomaly.detect.Detector;
import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The use case: events in, anomalies out. One thread brings events; any thread may look at the board. */
@Singleton
@Startup
public final class Watchtower {

    private final RuleBook rules;
    private volatile DetectorSettings settings;
    private final AnomalyMetrics metrics;
    private Detector detector;
    private volatile Board board = Board.EMPTY;

    Watchtower(RuleBook rules, AnomalyMetrics metrics) {
        this.rules = rules;
        this.settings = rules.settings();
        metrics.rulesFileFlaws(() -> rules.state().flaws().size());
        this.metrics = metrics;
        this.detector = new Detector(settings);
    }

    /** Begins anew, with what was told before. */
    public void begin(List<AnomalyEvent> toldBefore, Instant now) {
        detector = new Detector(settings);
        detector.resume(toldBefore, now);
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

    /** Lets time pass, and looks whether the rules' file changed. */
    public List<AnomalyEvent> tick(Instant now) {
        if (rules.reload()) {
            settings = rules.settings();
            detector.adopt(settings);
        }
        return detector.tick(now);
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
