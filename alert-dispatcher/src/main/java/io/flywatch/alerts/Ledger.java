package io.flywatch.alerts;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.route.Decision;
import io.flywatch.events.alert.AlertEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is kept. Each method is part of the caller's transaction, and has to be. */
public interface Ledger {

    /** The alert, locked until the end of the transaction. */
    Optional<Alert> alert(String fingerprint);

    /** Whether a report was decided on before. */
    boolean isDecided(Report report);

    /** The receivers who believe, or are about to be told, that the alert fires. */
    List<String> told(String fingerprint);

    /** Keeps the alert. */
    void keep(Alert alert);

    /** Keeps the decision, with its reason. */
    void keep(Report report, Decision decision, Instant now);

    /** Puts a notice into the queue. */
    void queue(String receiver, Story story, Instant now);

    /** Sends a fact out with the transaction. */
    void tellWorld(AlertEvent event);

    /**
     * Takes notices that are due, the oldest first, and of one alert's only the first that is not done.
     *
     * @param most how many at most
     * @param claimFor for how long nobody else takes them
     */
    List<Notice> claim(String receiver, int most, Instant now, Duration claimFor);

    /** Keeps what became of a notice; false if somebody else has taken it meanwhile. */
    boolean record(Notice notice, Outcome outcome, Instant now);

    /** How many notices wait, by receiver. */
    Map<String, Long> queued();

    /** How many alerts there are, by state. */
    Map<AlertState, Long> states();
}
