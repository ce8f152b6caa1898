package io.flywatch.alerts;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Report.Ends;
import io.flywatch.alerts.alert.Report.Fires;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.route.Decider;
import io.flywatch.alerts.route.Decision;
import io.flywatch.alerts.route.Decision.Hold;
import io.flywatch.alerts.route.Decision.Tell;
import io.flywatch.events.alert.AlertFired;
import io.flywatch.events.alert.AlertResolved;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes reports in: the alert, the decision, its notices and the facts about them, all in one transaction. */
@Singleton
public class Intake {

    private final Ledger ledger;
    private final Decider decider;
    private final Clock clock = Clock.systemUTC();

    Intake(Ledger ledger, Decider decider) {
        this.ledger = ledger;
        this.decider = decider;
    }

    /** Takes one in; empty if it was taken in before, which is harmless. */
    @Transactional
    public Optional<Decision> take(Report report) {
        Alert before = ledger.alert(report.fingerprint()).orElse(null);
        if (ledger.isDecided(report)) {
            return Optional.empty();
        }
        List<String> told = ledger.told(report.fingerprint());
        Decision decision = decider.decide(report, before, told);
        Instant now = clock.instant();
        keepAlert(report, before);
        ledger.keep(report, decision, now);
        switch (decision) {
            case Tell tell -> tell.receivers().forEach(receiver -> ledger.queue(receiver, story(report, tell), now));
            case Hold hold -> {}
        }
        return Optional.of(decision);
    }

    private void keepAlert(Report report, @Nullable Alert before) {
        boolean sameEpisode =
                before != null && before.anomaly().id().equals(report.anomaly().id());
        switch (report) {
            case Fires fires -> {
                // A late report on an episode that is over changes nothing.
                if (before == null || before.fires() || !sameEpisode) {
                    ledger.keep(Alert.firing(fires, before));
                    fired(fires, before);
                }
            }
            case Ends ends -> {
                if (before == null || before.fires() && sameEpisode) {
                    ledger.keep(Alert.resolved(ends, ends.reason(), before));
                    ledger.tellWorld(new AlertResolved(
                            ends.migrationId(),
                            ends.runId(),
                            ends.at(),
                            ends.fingerprint(),
                            ends.anomaly().rule(),
                            ends.reason()));
                }
            }
        }
    }

    private void fired(Fires report, @Nullable Alert before) {
        boolean news = before == null
                || !before.fires()
                || before.anomaly().severity() != report.anomaly().severity();
        if (news) {
            ledger.tellWorld(new AlertFired(
                    report.migrationId(),
                    report.runId(),
                    report.at(),
                    report.fingerprint(),
                    report.anomaly().rule(),
                    report.anomaly().severity(),
                    report.anomaly().summary()));
        }
    }

    private static Story story(Report report, Tell tell) {
        return new Story(
                tell.kind(),
                report.fingerprint(),
                report.migrationId(),
                report.runId(),
                report.anomaly(),
                report.at(),
                tell.explanation(),
                false);
    }
}
