package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Stamps;
import io.flywatch.events.lag.LagSample;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    private final Watermark<String> watermark = new Watermark<>();

    @Test
    void isAsFarAsTheSlowestPartition() {
        watermark.applied("a", 10);
        watermark.applied("b", 4);

        assertThat(watermark.of(Set.of("a", "b"))).hasValue(4);
    }

    @Test
    void isNotMeasuredWhileAPartitionIsNot() {
        watermark.applied("a", 10);

        assertThat(watermark.of(Set.of("a", "b"))).isEmpty();
        assertThat(watermark.of(Set.of())).isEmpty();
    }

    @Test
    void movesAnIdlePartitionOnByAHeartbeatThatWasAppliedBeforeItsEndWasLookedUp() {
        watermark.applied("orders", 3);
        watermark.applied("heartbeat", 7);
        assertThat(watermark.beforeLook()).isEqualTo(Long.MIN_VALUE);
        watermark.applied("heartbeat", 9);

        watermark.atEnd(Set.of("orders", "empty"), watermark.beforeLook());

        assertThat(watermark.of(Set.of("orders", "empty", "heartbeat"))).hasValue(7);
    }

    @Test
    void movesAnIdlePartitionOnByAHeartbeatThatAnotherReplicaApplied() {
        watermark.applied("orders", 3);
        watermark.appliedElsewhere(7);
        watermark.beforeLook();

        watermark.atEnd(Set.of("orders"), watermark.beforeLook());

        assertThat(watermark.of(Set.of("orders"))).hasValue(7);
    }

    @Test
    void neverGoesBack() {
        watermark.applied("a", 10);
        watermark.applied("a", 4);

        assertThat(watermark.of(Set.of("a"))).hasValue(10);
    }

    @Test
    void splitsTheWayIntoItsStages() {
        Stages stages = Stages.of(new Stamps(1_000_000, 1_200_000, 1_250_000, 1_300_000), 1_900_000);

        assertThat(stages).isEqualTo(new Stages(0.2, 0.1, 0.6, 0.9));
    }

    @Test
    void showsANegativeStageAsItIs() {
        Stages stages = Stages.of(new Stamps(2_000_000, 1_500_000, 0, 1_600_000), 1_700_000);

        assertThat(stages.capture()).isEqualTo(-0.5);
        assertThat(stages.endToEnd()).isEqualTo(-0.3);
    }

    @Test
    void measuresNoLagOfARowOfTheSnapshot() {
        Stages stages = Stages.of(new Stamps(Stamps.UNKNOWN, 1_500_000, 0, 1_600_000), 1_700_000);

        assertThat(stages.capture()).isNull();
        assertThat(stages.endToEnd()).isNull();
    }

    @Test
    void keepsTheSlowestChangeUntilItIsAskedFor() {
        WorstOf worst = new WorstOf();
        worst.add(new Stages(null, null, null, 0.2));
        worst.add(new Stages(null, null, null, 0.9));
        worst.add(new Stages(null, null, null, 0.4));

        assertThat(worst.drain().endToEnd()).isEqualTo(0.9);
        assertThat(worst.drain()).isEqualTo(Stages.UNMEASURED);
    }

    @Test
    void hasNoPercentilesWithoutChanges() {
        Percentiles percentiles = new Percentiles();
        assertThat(percentiles.summary()).isEqualTo(new LagSample.Spread(null, null, null, 0));

        for (int i = 1; i <= 100; i++) {
            percentiles.add(List.of(took(i * 10_000L, 5_000_000)), 5_000_000);
        }

        assertThat(percentiles.summary().p50Seconds()).isCloseTo(0.5, Offset.offset(0.01));
        assertThat(percentiles.summary().p99Seconds()).isCloseTo(0.99, Offset.offset(0.01));
        assertThat(percentiles.summary().count()).isEqualTo(100);
    }

    private static Stamps took(long micros, long applied) {
        return new Stamps(applied - micros, applied, applied, applied);
    }

    @Test
    void tellsTheWayOfTheOldestEvenIfNotEachIsMeasured() {
        Stamps unknown = new Stamps(Stamps.UNKNOWN, 1, 1, 1);
        ChangeTimes oldestOnly = new ChangeTimes(false);

        assertThat(oldestOnly
                        .add(List.of(unknown, took(10, 5_000_000), took(2_000_000, 5_000_000)), 5_000_000)
                        .endToEnd())
                .isEqualTo(2.0);
        assertThat(oldestOnly.whole().count()).isZero();
        assertThat(oldestOnly.add(List.of(), 0)).isEqualTo(Stages.UNMEASURED);
        assertThat(oldestOnly.add(List.of(unknown), 3).endToEnd()).isNull();

        ChangeTimes each = new ChangeTimes(true);
        each.add(List.of(unknown, took(10, 5_000_000), took(2_000_000, 5_000_000)), 5_000_000);
        assertThat(each.whole().count()).isEqualTo(2);
        assertThat(each.lastMinute(5_000_000).endToEnd().count()).isEqualTo(2);
        assertThat(each.lastMinute(5_000_000).apply().count()).isEqualTo(3);
    }

    @Test
    void forgetsWhatIsOlderThanAMinute() {
        Recent recent = new Recent();
        recent.add(List.of(took(9_000_000, 0)), change -> -change.committed(), 0);
        recent.add(List.of(took(20_000, 0)), change -> -change.committed(), 30_000_000);
        recent.add(List.of(took(30_000, 0), took(-1, 0)), change -> -change.committed(), 61_000_000);

        assertThat(recent.summary(61_000_000).count()).isEqualTo(2);
        assertThat(recent.summary(61_000_000).maxSeconds()).isCloseTo(0.03, Offset.offset(0.001));
        assertThat(recent.summary(200_000_000).p50Seconds()).isNull();
    }

    @Test
    void rateIsTheGrowthOfTheLastSeconds() {
        Rate rate = new Rate();
        assertThat(rate.of(100, 0)).isZero();
        assertThat(rate.of(200, 1)).isEqualTo(100);
        assertThat(rate.of(0, 2)).isZero();
        assertThat(rate.of(50, 3)).isEqualTo(50);
    }
}
