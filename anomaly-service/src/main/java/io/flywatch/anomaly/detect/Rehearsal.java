package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Goes through what happened with a detector of its own: what would it have told, and what would it have said of a series. */
public final class Rehearsal {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final DetectorSettings settings;

    /** With these settings. */
    public Rehearsal(DetectorSettings settings) {
        this.settings = settings;
    }

    /**
     * What would have been told from a time on.
     *
     * @param events what happened, in its order; those before {@code from} are learned from
     */
    public List<AnomalyEvent> told(List<FlywatchEvent> events, Instant from) {
        Detector detector = new Detector(settings);
        List<AnomalyEvent> told = new ArrayList<>();
        Instant ticked = Instant.MIN;
        for (FlywatchEvent event : events) {
            boolean telling = !event.at().isBefore(from);
            told.addAll(take(detector, event, telling));
            if (telling && event.at().isAfter(ticked)) {
                told.addAll(detector.tick(event.at()));
                ticked = event.at().plus(TICK);
            }
        }
        return told;
    }

    /** What would have been said of each point of a series from a time on. */
    public List<Sighting> series(List<FlywatchEvent> events, Instant from, String migrationId, String series) {
        Detector detector = new Detector(settings);
        List<Sighting> sightings = new ArrayList<>();
        Instant last = from.minusNanos(1);
        for (FlywatchEvent event : events) {
            take(detector, event, false);
            Sighting newest = detector.sighting(migrationId, series);
            if (newest != null && newest.at().isAfter(last)) {
                sightings.add(newest);
                last = newest.at();
            }
        }
        return sightings;
    }

    private static List<AnomalyEvent> take(Detector detector, FlywatchEvent event, boolean telling) {
        if (event instanceof ProgressEvent progress) {
            return detector.on(progress, event.at(), telling);
        }
        return event instanceof LagSample sample ? detector.on(sample, event.at(), telling) : List.of();
    }
}
