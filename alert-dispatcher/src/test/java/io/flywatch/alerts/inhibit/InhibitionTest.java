package io.flywatch.alerts.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.policy.Defaults;
import io.flywatch.events.anomaly.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InhibitionTest {

    private static final Inhibition CONNECTOR = Defaults.INHIBITIONS.getFirst();

    @Test
    void holdsBackWhatFollowsFromAStoppedConnectorOfTheSameMigrationAlone() {
        Alert stopped = alert("connector_stopped", "shop");

        assertThat(CONNECTOR.by(alert("high_lag", "shop"), List.of(stopped))).contains(stopped);
        assertThat(CONNECTOR.by(alert("high_lag", "books"), List.of(stopped))).isEmpty();
        assertThat(CONNECTOR.by(alert("errors", "shop"), List.of(stopped))).isEmpty();
        assertThat(CONNECTOR.by(
                        alert("high_lag", "shop"),
                        List.of(stopped.resolved(null, "runs again", Stories.SINCE, Stories.SINCE))))
                .isEmpty();
    }

    @Test
    void neverSilencesACircle() {
        Inhibition self = new Inhibition("self", CONNECTOR.sources(), CONNECTOR.sources(), List.of());
        Alert one = alert("connector_stopped", "shop");
        Alert other = alert("connector_failed", "shop");

        assertThat(self.by(one, List.of(one, other))).isEmpty();
        assertThat(self.by(other, List.of(one, other))).isEmpty();
    }

    private static Alert alert(String name, String migration) {
        return Stories.alert(Map.of("alertname", name, "migration", migration), Severity.WARNING, Stories.SINCE);
    }
}
