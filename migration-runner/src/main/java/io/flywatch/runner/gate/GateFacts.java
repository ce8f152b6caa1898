package io.flywatch.runner.gate;

import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.runner.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of any migration.
 *
 * @param latest its latest run
 * @param declaration what a run that began now would be refused for; null if nothing
 * @param declarationUnknown why that could not be found out; null if it could
 * @param missing steps of the file that the latest run did not do
 * @param errors how many rows the latest run could not take
 * @param rows how many it took
 * @param anomalies those that are open
 * @param unread why anomalies and alerts are not known; null if they are
 * @param unwatched why nobody can say that there is no anomaly; null if somebody watches, or nobody has to
 * @param alerts critical alerts that fire, in a sentence each
 */
public record GateFacts(
        Optional<Run> latest,
        @Nullable String declaration,
        @Nullable String declarationUnknown,
        List<String> missing,
        long errors,
        long rows,
        List<Anomaly> anomalies,
        List<String> alerts,
        @Nullable String unread,
        @Nullable String unwatched,
        Instant now) {
    public GateFacts {
        missing = List.copyOf(missing);
        anomalies = List.copyOf(anomalies);
        alerts = List.copyOf(alerts);
    }
}
