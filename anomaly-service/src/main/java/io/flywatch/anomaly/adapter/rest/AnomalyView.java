package io.flywatch.anomaly.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.anomaly.episode.OpenEpisode;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Anomaly.Expectation;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An episode as REST shows it.
 *
 * @param state {@code open} or {@code closed}
 * @param expectation what was expected of the series, and how rare it is to be where it is
 * @param causes the likely causes with their evidence, the likeliest first
 * @param closedAt when it closed, if it did
 * @param closeReason why it closed, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnomalyView(
        String id,
        String migrationId,
        @Nullable String runId,
        String state,
        String rule,
        String series,
        Severity severity,
        double value,
        double limit,
        String unit,
        Instant since,
        double peak,
        String summary,
        @Nullable String cause,
        @Nullable Expectation expectation,
        @Nullable List<LikelyCause> causes,
        @Nullable Instant closedAt,
        @Nullable String closeReason) {

    public AnomalyView {
        causes = causes == null ? null : List.copyOf(causes);
    }

    static AnomalyView open(String migrationId, OpenEpisode episode) {
        return of(migrationId, episode.runId(), episode.anomaly(), null, null);
    }

    static AnomalyView open(AnomalyOpened opened) {
        return of(opened.migrationId(), opened.runId(), opened.anomaly(), null, null);
    }

    static AnomalyView closed(AnomalyClosed closed) {
        return of(closed.migrationId(), closed.runId(), closed.anomaly(), closed.at(), closed.reason());
    }

    private static AnomalyView of(
            String migrationId,
            @Nullable String runId,
            Anomaly anomaly,
            @Nullable Instant closedAt,
            @Nullable String closeReason) {
        return new AnomalyView(
                anomaly.id(),
                migrationId,
                runId,
                closedAt == null ? "open" : "closed",
                anomaly.rule(),
                anomaly.series(),
                anomaly.severity(),
                anomaly.value(),
                anomaly.limit(),
                anomaly.unit(),
                anomaly.since(),
                anomaly.peak(),
                anomaly.summary(),
                anomaly.cause(),
                anomaly.expectation(),
                anomaly.causes(),
                closedAt,
                closeReason);
    }
}
