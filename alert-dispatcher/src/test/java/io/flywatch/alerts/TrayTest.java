package io.flywatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Tray.Job;
import io.flywatch.alerts.alert.Report;
import io.flywatch.events.anomaly.Severity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrayTest {

    private final Tray tray = new Tray(3, 10);

    @Test
    void takesNoMoreReportsThanFitUntilSomeAreGone() throws Exception {
        assertThat(tray.offer(job(6))).isTrue();
        assertThat(tray.offer(job(5))).isFalse();
        assertThat(tray.offer(job(4))).isTrue();
        assertThat(tray.offer(job(1))).isFalse();

        assertThat(tray.poll(1)).extracting(it -> it.reports().size()).isEqualTo(6);
        assertThat(tray.offer(job(6))).isTrue();
    }

    @Test
    void takesAnyOneRequestWhereNothingWaits() {
        assertThat(tray.offer(job(1000))).isTrue();
        assertThat(tray.offer(job(1))).isFalse();

        assertThat(tray.poll()).isNotNull();
        assertThat(tray.offer(job(1000))).isTrue();
    }

    @Test
    void takesNoMoreRequestsThanFitHoweverSmall() {
        assertThat(IntStream.range(0, 4).mapToObj(i -> tray.offer(job(1)))).containsExactly(true, true, true, false);

        assertThat(tray.poll()).isNotNull();
        assertThat(tray.offer(job(8))).isTrue();
    }

    private static Job job(int reports) {
        Report report = Stories.report(Map.of("alertname", "a"), Severity.WARNING, Stories.SINCE);
        return new Job(IntStream.range(0, reports).mapToObj(i -> report).toList(), new CompletableFuture<>());
    }
}
