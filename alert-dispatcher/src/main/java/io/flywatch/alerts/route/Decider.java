package io.flywatch.alerts.route;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Report.Ends;
import io.flywatch.alerts.alert.Report.Fires;
import io.flywatch.alerts.route.Decision.Hold;
import io.flywatch.alerts.route.Decision.Tell;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides who is told of a report. The same question always gets the same answer. */
public record Decider(Routes routes) {

    /**
     * Decides.
     *
     * @param before the alert as it was before the report; null if it is new
     * @param told who was told, or is being told, that the report's episode fires
     */
    public Decision decide(Report report, @Nullable Alert before, List<String> told) {
        return switch (report) {
            case Fires fires -> onFires(fires, before);
            case Ends ends -> onEnds(ends, before, told);
        };
    }

    private Decision onFires(Fires report, @Nullable Alert before) {
        Severity severity = report.anomaly().severity();
        if (before == null) {
            return tell(Reason.FIRST, "it is new", severity);
        }
        boolean sameEpisode = before.anomaly().id().equals(report.anomaly().id());
        if (!before.fires()) {
            return sameEpisode
                    ? new Hold(Reason.OVER_ALREADY, "the episode was over already when this was reported")
                    : tell(Reason.FIRST, "it fires again", severity);
        }
        int change = severity.compareTo(before.anomaly().severity());
        if (change > 0) {
            String how = "its severity rose from " + word(before.anomaly().severity()) + " to " + word(severity);
            return tell(Reason.ESCALATED, how, severity);
        }
        return change < 0
                ? new Hold(
                        Reason.EASED,
                        "its severity fell to " + word(severity) + ": those who were told hear of its end")
                : new Hold(Reason.TOLD_ALREADY, "it fires as before, with the same severity");
    }

    private Decision tell(Reason reason, String why, Severity severity) {
        List<String> receivers = routes.reachable(severity);
        if (!receivers.isEmpty()) {
            return new Tell(reason, why + ", and " + word(severity) + " goes to them", NoticeKind.FIRING, receivers);
        }
        List<String> routed = routes.routed(severity);
        return routed.isEmpty()
                ? new Hold(
                        Reason.NO_ROUTE,
                        "no receiver is routed for " + word(severity) + ": set flywatch.routes." + word(severity))
                : new Hold(
                        Reason.NOT_CONFIGURED,
                        "none of the receivers routed for " + word(severity) + " is configured: "
                                + String.join(", ", routed));
    }

    private static Decision onEnds(Ends report, @Nullable Alert before, List<String> told) {
        if (before != null && !before.fires()) {
            return new Hold(Reason.OVER_ALREADY, "it was over already");
        }
        if (before != null && !before.anomaly().id().equals(report.anomaly().id())) {
            return new Hold(Reason.OVER_ALREADY, "another episode of it began since");
        }
        return told.isEmpty()
                ? new Hold(Reason.NOBODY_KNEW, "it is over, and nobody was told that it fired")
                : new Tell(Reason.OVER, "it is over: " + report.reason(), NoticeKind.RESOLVED, told);
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
