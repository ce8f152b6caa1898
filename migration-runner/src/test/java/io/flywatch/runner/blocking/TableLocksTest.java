package io.flywatch.runner.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.blocking.TableLock.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableLocksTest {
    private static final long ALTER = 1;
    private static final long READER = 2;
    private static final long LATER = 3;
    private static final long ELSEWHERE = 4;
    private static final long WRITER = 5;

    /** {@code performance_schema.metadata_locks} while an ALTER waits for a reader's transaction and a query waits behind it. */
    private static final List<String> WAITING = List.of(
            "1 shop.orders SHARED_UPGRADABLE GRANTED",
            "1 shop.orders EXCLUSIVE PENDING",
            "2 shop.orders SHARED_READ GRANTED",
            "2 shop.customers SHARED_READ GRANTED",
            "3 shop.orders SHARED_READ PENDING",
            "4 shop.customers SHARED_WRITE GRANTED");

    @Test
    void tellsWhoKeepsAnAlterFromItsTableAndWhoQueuesBehindIt() {
        TableLocks locks = locks(WAITING);

        assertThat(locks.blockersOf(ALTER)).containsExactly(READER);
        assertThat(locks.heldBefore(READER, ALTER)).containsExactly("holds SHARED_READ of shop.orders");
        assertThat(locks.waitersFor(ALTER)).containsExactly(LATER);
        assertThat(locks.blockersOf(LATER)).containsExactly(ALTER);
        assertThat(locks.heldBefore(ALTER, LATER)).containsExactly("waits before it for EXCLUSIVE of shop.orders");
        assertThat(locks.waitersFor(ELSEWHERE)).isEmpty();
    }

    @Test
    void letsReadersThroughWhileAnAlterCopiesAndWritersNot() {
        TableLocks locks = locks(List.of(
                "1 shop.orders SHARED_NO_WRITE GRANTED",
                "3 shop.orders SHARED_READ PENDING",
                "5 shop.orders SHARED_WRITE PENDING"));

        assertThat(locks.waitersFor(ALTER)).containsExactly(WRITER);
        assertThat(locks.blockersOf(LATER)).isEmpty();
    }

    @Test
    void doesNotLetASessionWaitForItself() {
        assertThat(locks(List.of("1 a.t SHARED_UPGRADABLE GRANTED", "1 a.t EXCLUSIVE PENDING"))
                        .blockersOf(ALTER))
                .isEmpty();
    }

    @Test
    void goesTogetherInTheSameWayWhoeverAsks() {
        // Whether two locks may be held together doesn't depend on which came first.
        for (Mode one : Mode.values()) {
            for (Mode other : Mode.values()) {
                assertThat(waits(one, other)).as("%s and %s", one, other).isEqualTo(waits(other, one));
            }
        }
    }

    @Test
    void readsTheWordsOfBothServers() {
        assertThat(Mode.of("MDL_SHARED_READ")).hasValue(Mode.SHARED_READ);
        assertThat(Mode.of("EXCLUSIVE")).hasValue(Mode.EXCLUSIVE);
        assertThat(Mode.of("MDL_BACKUP_DDL")).isEmpty();
        assertThat(Mode.ofVerb("select")).isEqualTo(Mode.SHARED_READ);
        assertThat(Mode.ofVerb("delete")).isEqualTo(Mode.SHARED_WRITE);
        assertThat(Mode.ofVerb("truncate")).isEqualTo(Mode.EXCLUSIVE);
    }

    private static boolean waits(Mode asked, Mode held) {
        return !new TableLocks(
                        List.of(new TableLock(READER, "a.t", held, true), new TableLock(ALTER, "a.t", asked, false)))
                .blockersOf(ALTER)
                .isEmpty();
    }

    private static TableLocks locks(List<String> rows) {
        return new TableLocks(rows.stream()
                .map(it -> it.split(" "))
                .map(it -> new TableLock(
                        Long.parseLong(it[0]), it[1], Mode.of(it[2]).orElseThrow(), it[3].equals("GRANTED")))
                .toList());
    }
}
