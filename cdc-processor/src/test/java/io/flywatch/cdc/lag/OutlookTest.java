package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is foretold, and what a long quiet time looks like. */
class OutlookTest {
    private static final long SECOND = 1_000_000;
    private static final int DAY = 86_400;

    private final Outlook outlook = new Outlook();

    @Test
    void foretellsFromTheSpreadOfRecentPaces() {
        for (int i = 0; i < 30; i++) {
            outlook.add(100, i % 2 == 0 ? 200 : 300);
        }

        CatchUp catchUp = Objects.requireNonNull(outlook.of(30_000));

        assertThat(catchUp.likelySeconds()).isCloseTo(200, Offset.offset(1.0));
        assertThat(catchUp.lowSeconds()).isCloseTo(150, Offset.offset(1.0));
        assertThat(catchUp.highSeconds()).isCloseTo(300, Offset.offset(1.0));
    }

    @Test
    void hasNoEndWhereAsMuchArrivesAsIsApplied() {
        outlook.add(100, 100);
        outlook.add(100, 90);

        assertThat(outlook.of(1_000)).isEqualTo(new CatchUp(null, null, null));
        assertThat(outlook.of(0)).isEqualTo(CatchUp.DONE);
    }

    @Test
    void keepsStalenessNearTheHeartbeatsPeriodThroughADayOfIdleness() {
        Watermark<String> watermark = new Watermark<>();
        Set<String> all = Set.of("orders", "customers", "heartbeat");
        watermark.applied("orders", 0);
        watermark.applied("customers", 0);
        double worst = 0;
        for (int second = 1; second <= DAY; second++) {
            long proven = watermark.beforeLook();
            watermark.atEnd(all, proven);
            watermark.applied("heartbeat", second * SECOND);
            long now = (second + 1) * SECOND - 1;
            if (second > 3) {
                worst = Math.max(worst, (now - watermark.of(all).orElseThrow()) / 1e6);
            }
            Verdict verdict = Verdict.of(idle(second));
            assertThat(verdict.state().name()).isEqualTo(second > 10 ? "IDLE" : "STREAMING");
        }

        assertThat(worst).isBetween(1.0, 3.0);
    }

    private static Situation idle(int second) {
        return new Situation(
                null,
                null,
                Duration.ZERO,
                3,
                1_000,
                true,
                false,
                0,
                0,
                0,
                0,
                Duration.ofSeconds(second),
                true,
                Duration.ofSeconds(1),
                io.flywatch.cdc.apply.Guarantee.EXACTLY_ONCE,
                new Evidence(Duration.ofSeconds(second), true, false, Duration.ofSeconds(1), CatchUp.DONE));
    }

    @Test
    void growsStaleWhileNothingArrivesAtAll() {
        Watermark<String> watermark = new Watermark<>();
        watermark.applied("orders", 5 * SECOND);

        for (int second = 0; second < 600; second++) {
            watermark.atEnd(Set.of("orders"), watermark.beforeLook());
        }

        assertThat(watermark.of(Set.of("orders"))).hasValue(5 * SECOND);
    }
}
