package io.flywatch.alerts.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Report.Ends;
import io.flywatch.alerts.alert.Report.Fires;
import io.flywatch.alerts.route.Decision.Hold;
import io.flywatch.alerts.route.Decision.Tell;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final Map<Severity, List<String>> ROUTES = Map.of(
            Severity.WARNING, List.of("slack", "email"), Severity.CRITICAL, List.of("slack", "email", "pagerduty"));

    private final Decider decider = new Decider(new Routes(ROUTES, Set.of("slack", "email", "pagerduty")));
    private final Alert firing = alert(Stories.opens("ep-1", Severity.WARNING));

    @Test
    void tellsOfWhatIsNew() {
        Tell tell = (Tell) decider.decide(Stories.opens("ep-1", Severity.WARNING), null, List.of());

        assertThat(tell.reason()).isEqualTo(Reason.FIRST);
        assertThat(tell.kind()).isEqualTo(NoticeKind.FIRING);
        assertThat(tell.receivers()).containsExactly("slack", "email");
    }

    @Test
    void tellsNobodyOfWhatGoesOn() {
        assertThat(reason(Stories.opens("ep-1", Severity.WARNING), firing)).isEqualTo(Reason.TOLD_ALREADY);
        assertThat(reason(Stories.opens("ep-2", Severity.WARNING), firing)).isEqualTo(Reason.TOLD_ALREADY);
    }

    @Test
    void tellsEverybodyOfTheHigherSeverity() {
        Tell tell = (Tell) decider.decide(Stories.opens("ep-1", Severity.CRITICAL), firing, List.of("slack", "email"));

        assertThat(tell.reason()).isEqualTo(Reason.ESCALATED);
        assertThat(tell.receivers()).containsExactly("slack", "email", "pagerduty");
        assertThat(reason(Stories.opens("ep-1", Severity.WARNING), alert(Stories.opens("ep-1", Severity.CRITICAL))))
                .isEqualTo(Reason.EASED);
    }

    @Test
    void tellsTheEndToThoseWhoWereTold() {
        Tell tell = (Tell) decider.decide(Stories.ends("ep-1"), firing, List.of("email"));

        assertThat(tell.reason()).isEqualTo(Reason.OVER);
        assertThat(tell.kind()).isEqualTo(NoticeKind.RESOLVED);
        assertThat(tell.receivers()).containsExactly("email");
        assertThat(reason(Stories.ends("ep-1"), firing)).isEqualTo(Reason.NOBODY_KNEW);
        assertThat(reason(Stories.ends("ep-0"), firing)).isEqualTo(Reason.OVER_ALREADY);
    }

    @Test
    void hearsNoMoreOfAnEpisodeThatIsOver() {
        Alert over = Alert.resolved(Stories.ends("ep-1"), "back in range", firing);

        assertThat(reason(Stories.opens("ep-1", Severity.CRITICAL), over)).isEqualTo(Reason.OVER_ALREADY);
        assertThat(reason(Stories.ends("ep-1"), over)).isEqualTo(Reason.OVER_ALREADY);
        assertThat(reason(Stories.opens("ep-2", Severity.WARNING), over)).isEqualTo(Reason.FIRST);
    }

    @Test
    void saysWhyNobodyCouldBeTold() {
        Decider mute = new Decider(new Routes(ROUTES, Set.of()));
        Hold unconfigured = (Hold) mute.decide(Stories.opens("ep-1", Severity.WARNING), null, List.of());
        Hold unrouted = (Hold) decider.decide(Stories.opens("ep-1", Severity.INFO), null, List.of());

        assertThat(unconfigured.explanation())
                .isEqualTo("none of the receivers routed for warning is configured: slack, email");
        assertThat(unrouted.explanation()).contains("flywatch.routes.info");
    }

    private Reason reason(Report report, Alert before) {
        return decider.decide(report, before, List.of()).reason();
    }

    private static Alert alert(Report report) {
        return switch (report) {
            case Fires fires -> Alert.firing(fires, null);
            case Ends ends -> Alert.resolved(ends, ends.reason(), null);
        };
    }
}
