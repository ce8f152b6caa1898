package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadroomTest {
    private static final long GIB = 1024L * 1024 * 1024;

    @Test
    void isWhatIsLeftOfASlotAtTheFastestRecentPace() {
        Pace pace = new Pace();
        pace.add(0, 0);
        pace.add(10 * 1024 * 1024, 10);
        pace.add(11 * 1024 * 1024, 20);

        Headroom headroom = Headroom.ofSlot(new Headroom.Slot("reserved", GIB, GIB / 2, null), pace.fastest());

        assertThat(headroom.seconds()).isEqualTo(1_024);
        assertThat(headroom.reason()).contains("keeps 512.0 MiB", "1.0 MiB/s");
    }

    @Test
    void isNothingOnceTheSlotLostWhatWasNotRead() {
        assertThat(Headroom.ofSlot(new Headroom.Slot("lost", null, 0, null), 1.0)
                        .seconds())
                .isZero();
    }

    @Test
    void isNotMeasuredWhereOnlyTheDiskIsTheLimitUnlessThatIsTold() {
        Headroom unknown = Headroom.ofSlot(new Headroom.Slot("reserved", null, GIB, null), 1.0);
        Headroom told = Headroom.ofSlot(new Headroom.Slot("reserved", null, GIB, 2 * GIB), (double) GIB / 60);

        assertThat(unknown.seconds()).isNull();
        assertThat(unknown.reason()).contains("flywatch.cdc.source-log-budget");
        assertThat(told.seconds()).isEqualTo(60);
    }

    @Test
    void isInfiniteWhileTheLogDoesNotGrowAndUnknownBeforeTheSecondLook() {
        Headroom.Slot slot = new Headroom.Slot("reserved", GIB, 0, null);

        assertThat(Headroom.ofSlot(slot, 0.0).seconds()).isInfinite();
        assertThat(Headroom.ofSlot(slot, new Pace().fastest()).seconds()).isNull();
    }

    @Test
    void isTheTimeThatALogKeepsLessTheAgeOfWhatIsNeeded() {
        assertThat(Headroom.ofTime(Headroom.KAFKA, 604_800, 600.0).seconds()).isEqualTo(604_200);
        assertThat(Headroom.ofTime(Headroom.KAFKA, 60, 600.0).seconds()).isZero();
        assertThat(Headroom.ofTime(Headroom.KAFKA, Double.POSITIVE_INFINITY, null)
                        .seconds())
                .isInfinite();
        assertThat(Headroom.ofTime(Headroom.SOURCE_LOG, 60, null).seconds()).isNull();
    }

    @Test
    void tellsSpansAsAPersonDoes() {
        assertThat(Spans.of(0.0124)).isEqualTo("12 ms");
        assertThat(Spans.of(1.24)).isEqualTo("1.2 s");
        assertThat(Spans.of(200)).isEqualTo("3 min 20 s");
        assertThat(Spans.of(7_500)).isEqualTo("2 h 5 min");
        assertThat(Spans.of(597_600)).isEqualTo("6 d 22 h");
        assertThat(Spans.of(-0.3)).isEqualTo("-300 ms");
    }
}
