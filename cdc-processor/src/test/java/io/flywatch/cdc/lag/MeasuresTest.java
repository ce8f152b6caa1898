package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Stamps;
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
        assertThat(percentiles.summary()).isEqualTo(new Percentiles.Summary(null, null, null, 0));

        for (int i = 1; i <= 100; i++) {
            percentiles.add(i * 10_000L);
        }

        assertThat(percentiles.summary().p50Seconds()).isCloseTo(0.5, Offset.offset(0.01));
        assertThat(percentiles.summary().p99Seconds()).isCloseTo(0.99, Offset.offset(0.01));
        assertThat(percentiles.summary().count()).isEqualTo(100);
    }

    @Test
    void forgetsWhatIsOlderThanAMinute() {
        Recent recent = new Recent();
        recent.add(9_000_000, 0);
        recent.add(20_000, 30_000_000);
        recent.add(30_000, 61_000_000);

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
