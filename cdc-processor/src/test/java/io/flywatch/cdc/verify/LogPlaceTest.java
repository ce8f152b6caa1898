package io.flywatch.cdc.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogPlaceTest {

    @Property
    void isPassedOnceATransactionWasHandedOverThatEndsThereOrLater(@ForAll long place, @ForAll long committed) {
        LogPlace wal = new LogPlace.Wal(place);

        boolean passed = wal.isPassedBy(Map.of("lsn_commit", committed, "lsn", place, "txId", 7L));

        assertThat(passed).isEqualTo(Long.compareUnsigned(committed, place) >= 0);
    }

    @Test
    void isNotPassedByTheOffsetOfASnapshotNorByOneWithoutACommit() {
        LogPlace wal = new LogPlace.Wal(100);

        assertThat(wal.isPassedBy(Map.of("lsn", 500, "lsn_commit", 500, "snapshot", "INITIAL")))
                .isFalse();
        assertThat(wal.isPassedBy(Map.of("lsn", 500, "lsn_commit", 500, "snapshot", "INCREMENTAL")))
                .isTrue();
        assertThat(wal.isPassedBy(Map.of("lsn", 500, "lsn_proc", 500))).isFalse();
        assertThat(new LogPlace.Binlog("bin.000002", 4)
                        .isPassedBy(Map.of("file", "bin.000003", "pos", 4, "snapshot", true)))
                .isFalse();
    }

    @Test
    void comparesBinlogsByTheNumberOfTheirFilesAndNotByTheirNames() {
        LogPlace place = new LogPlace.Binlog("bin.999999", 400);

        assertThat(place.isPassedBy(Map.of("file", "bin.999999", "pos", 399))).isFalse();
        assertThat(place.isPassedBy(Map.of("file", "bin.999999", "pos", 400))).isTrue();
        assertThat(place.isPassedBy(Map.of("file", "bin.1000000", "pos", 4))).isTrue();
        assertThat(place.isPassedBy(Map.of("file", "bin.999998", "pos", 9_000))).isFalse();
        assertThat(place).hasToString("bin.999999:400");
        assertThat(new LogPlace.Wal(0x1_0000_00FFL)).hasToString("1/FF");
    }

    /** All changes of one transaction of MongoDB share a place. */
    @Property
    void isPassedInAnOplogOnceSomethingLaterWasHandedOver(
            @ForAll @IntRange(min = 1) int second,
            @ForAll int ordinal,
            @ForAll @IntRange(min = 1) int sec,
            @ForAll int ord) {
        LogPlace place = new LogPlace.ClusterTime(second, ordinal);

        assertThat(place.isPassedBy(Map.of("sec", sec, "ord", ord)))
                .isEqualTo(sec > second || sec == second && ord > ordinal);
        assertThat(place.isPassedBy(Map.of("sec", Integer.MAX_VALUE, "ord", ord, "initsync", true)))
                .isFalse();
    }

    /** An offset that tells of the connector alone has no event's time: 8265f0c2b000000007 is second 1710277296, operation 7. */
    @Test
    void isPassedByTheTimeOfAResumeTokenWhereThereIsNoEvent() {
        Map<String, ?> offset = Map.of(
                "sec",
                -1,
                "ord",
                -1,
                "resume_token",
                "MQAAAAJfZGF0YQAhAAAAODI2NUYwQzJCMDAwMDAwMDA3MkIwMjI5Mjk2RTA0Q0IAAA==");

        assertThat(new LogPlace.ClusterTime(1_710_277_296L, 6).isPassedBy(offset))
                .isTrue();
        assertThat(new LogPlace.ClusterTime(1_710_277_296L, 7).isPassedBy(offset))
                .isFalse();
        assertThat(new LogPlace.ClusterTime(1_710_277_297L, 0).isPassedBy(offset))
                .isFalse();
        assertThat(new LogPlace.ClusterTime(1, 1).isPassedBy(Map.of("resume_token", "no token")))
                .isFalse();
        assertThat(new LogPlace.ClusterTime(1_710_277_296L, 7)).hasToString("1710277296:7");
    }
}
