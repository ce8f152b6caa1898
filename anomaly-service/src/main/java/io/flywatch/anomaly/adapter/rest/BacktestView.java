package io.flywatch.anomaly.adapter.rest;

import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What would have been told.
 *
 * @param from where telling began
 * @param to where it ended
 * @param samples how many samples were read, those that were only learned from among them
 * @param perDay how many episodes that is in 24 hours
 * @param episodes those that would have opened, in their order, as they would stand now
 */
public record BacktestView(Instant from, Instant to, int samples, double perDay, List<AnomalyView> episodes) {

    private static final double DAY_SECONDS = 86_400;

    public BacktestView {
        episodes = List.copyOf(episodes);
    }

    static BacktestView of(Instant from, Instant to, int samples, List<AnomalyEvent> told) {
        Map<String, AnomalyClosed> closed = new HashMap<>();
        told.stream()
                .filter(AnomalyClosed.class::isInstance)
                .map(AnomalyClosed.class::cast)
                .forEach(event -> closed.put(event.anomaly().id(), event));
        List<AnomalyView> episodes = new ArrayList<>();
        for (AnomalyEvent event : told) {
            if (event instanceof AnomalyOpened opened) {
                AnomalyClosed end = closed.get(opened.anomaly().id());
                episodes.add(end == null ? AnomalyView.open(opened) : AnomalyView.closed(end));
            }
        }
        double seconds = Math.max(1, to.getEpochSecond() - from.getEpochSecond());
        return new BacktestView(
                from, to, samples, Math.round(episodes.size() * DAY_SECONDS / seconds * 10) / 10.0, episodes);
    }
}
