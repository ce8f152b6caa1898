package io.flywatch.runner.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotLogTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isAppliedWhenEachTableHasAsManyRowsAsWereRead() {
        SnapshotLog log = SnapshotLog.of(List.of(
                told(Notification.Type.STARTED, null, null),
                told(Notification.Type.TABLE_SCAN_COMPLETED, "public.a", 10L),
                told(Notification.Type.TABLE_SCAN_COMPLETED, "public.b", 0L),
                told(Notification.Type.COMPLETED, null, null)));

        assertThat(log.isApplied(Map.of("public.a", 9L), null)).isFalse();
        assertThat(log.isApplied(Map.of("public.a", 10L), null)).isTrue();
    }

    @Test
    void isNotAppliedBeforeAllIsRead() {
        SnapshotLog log = SnapshotLog.of(List.of(
                told(Notification.Type.STARTED, null, null),
                told(Notification.Type.TABLE_SCAN_COMPLETED, "public.a", 10L)));

        assertThat(log.isApplied(Map.of("public.a", 10L), AT.plusSeconds(60))).isFalse();
    }

    @Test
    void doesNotTrustCountsWhenTheSnapshotBeganAgain() {
        SnapshotLog log = SnapshotLog.of(List.of(
                told(Notification.Type.STARTED, null, null),
                told(Notification.Type.TABLE_SCAN_COMPLETED, "public.a", 10L),
                told(Notification.Type.STARTED, null, null),
                told(Notification.Type.TABLE_SCAN_COMPLETED, "public.a", 12L),
                told(Notification.Type.COMPLETED, null, null)));

        assertThat(log.isApplied(Map.of("public.a", 15L), null)).isFalse();
        assertThat(log.isApplied(Map.of("public.a", 15L), AT.plusSeconds(1))).isFalse();
        assertThat(log.isApplied(Map.of("public.a", 22L), AT.plusSeconds(3))).isTrue();
    }

    @Test
    void givesEachTableACollectionOfItsOwn() {
        assertThat(Plan.targets(List.of("public.a", "public.b", "sales.a"), false))
                .isEqualTo(Map.of("public.a", "public.a", "public.b", "b", "sales.a", "sales.a"));
        assertThat(Plan.targets(List.of("public.b", "sales.a"), true))
                .isEqualTo(Map.of("public.b", "public.b", "sales.a", "sales.a"));
    }

    @Test
    void escapesNamesInTheConnectorsList() {
        assertThat(Names.includeList(List.of("public.a", "public.b$c"))).isEqualTo("public\\.a,public\\.b\\$c");
        assertThat(Names.slot("shop-eu-1")).isEqualTo("flywatch_shop_eu_1");
        assertThat(Names.slot("x".repeat(63))).hasSizeLessThanOrEqualTo(63);
    }

    private static Notification told(Notification.Type type, @Nullable String table, @Nullable Long rows) {
        return new Notification("cdc.shop", type, AT, table, rows);
    }
}
