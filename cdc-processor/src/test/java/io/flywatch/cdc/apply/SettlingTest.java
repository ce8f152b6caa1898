package io.flywatch.cdc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Position BEFORE =
            new Position(100, "run-1", "t1", new SourcePosition(List.of(50L)), 9L, true, new Counts(0, 7, 3, 3, 0));
    private static final Decoded UNREADABLE = new Decoded.Unreadable("id=1", "no JSON");

    private static Key key(int id) {
        return new Key(List.of("id"), List.of(id));
    }

    private static Sorter.Item item(long offset, Decoded decoded) {
        return new Sorter.Item(new Inbound(offset, new Raw(null, null, null, null, 0, 0)), decoded);
    }

    private static Decoded put(int value, long lsn, @Nullable Key movedFrom) {
        Change change = new Change.Put(key(1), new Row(List.of("v"), value), movedFrom);
        return new Decoded.Of(new Captured(
                change, Operation.UPDATE, new SourcePosition(List.of(lsn)), false, new Stamps(lsn, lsn, 0, 0), 10));
    }

    private static Settling.Ready ready(Settling settling) {
        assertThat(settling).isInstanceOf(Settling.Ready.class);
        return (Settling.Ready) settling;
    }

    private static Settling.Waiting waiting(List<Sorter.Item> items) {
        return new Settling.Waiting(
                "id=1", items.stream().map(item -> item.record().offset()).toList(), items);
    }

    private static Settling replay(List<Sorter.Item> items, Map<String, Parking> parked, Position before) {
        return Settling.replay(waiting(items), parked, before);
    }

    private static Settling discard(List<Sorter.Item> items, Position before) {
        return Settling.discard(waiting(items), before);
    }

    @Test
    void leavesWhatDidNotFitIntoMemoryForTheNextTime() {
        Settling.Ready ready = ready(Settling.replay(
                new Settling.Waiting("id=1", List.of(10L, 12L, 15L), List.of(item(10, put(1, 5, null)))),
                Map.of(),
                BEFORE));

        assertThat(ready.settled()).isEqualTo(1);
        assertThat(ready.parked()).containsExactly(Map.entry("id=1", new Parking(12, 2)));
    }

    @Test
    void appliesAllInOrderAndLetsTheKeyGo() {
        Settling.Ready ready =
                ready(replay(List.of(item(10, put(1, 5, null)), item(12, put(2, 6, null))), Map.of(), BEFORE));

        assertThat(ready.folded().writes()).containsExactly(new Write.Replace(key(1), new Row(List.of("v"), 2)));
        assertThat(ready.released()).containsExactly("id=1");
        assertThat(ready.through()).isEqualTo(12);
        assertThat(ready.after().offset()).isEqualTo(100);
        assertThat(ready.after().source()).isEqualTo(BEFORE.source());
        assertThat(ready.after().counts()).isEqualTo(new Counts(0, 9, 3, 1, 0));
    }

    @Test
    void stopsBeforeWhatStillCannotBeRead() {
        Settling.Ready ready = ready(replay(
                List.of(item(10, put(1, 5, null)), item(11, UNREADABLE), item(12, put(2, 6, null))), Map.of(), BEFORE));

        assertThat(ready.settled()).isEqualTo(1);
        assertThat(ready.released()).isEmpty();
        assertThat(ready.parked()).containsExactly(Map.entry("id=1", new Parking(11, 2)));
    }

    @Test
    void changesNothingIfTheFirstStillCannotBeRead() {
        assertThat(replay(List.of(item(10, UNREADABLE)), Map.of(), BEFORE)).isInstanceOf(Settling.Impossible.class);
    }

    @Test
    void leavesOutWhatTheConnectorRepeated() {
        Settling.Ready ready = ready(replay(
                List.of(item(10, put(1, 5, null)), item(11, put(2, 6, null)), item(12, put(1, 5, null))),
                Map.of(),
                BEFORE));

        assertThat(ready.folded().writes()).containsExactly(new Write.Replace(key(1), new Row(List.of("v"), 2)));
    }

    @Test
    void waitsForTheKeyThatTheRowCameFrom() {
        Settling settling = replay(List.of(item(10, put(1, 5, key(7)))), Map.of("id=7", Parking.first(3)), BEFORE);

        assertThat(settling)
                .isInstanceOfSatisfying(
                        Settling.Impossible.class,
                        impossible -> assertThat(impossible.reason()).endsWith("id=7"));
    }

    @Test
    void discardsTheFirstAloneAndAppliesNothing() {
        Settling.Ready ready = ready(discard(List.of(item(10, UNREADABLE), item(12, put(2, 6, null))), BEFORE));

        assertThat(ready.folded().isEmpty()).isTrue();
        assertThat(ready.parked()).containsExactly(Map.entry("id=1", new Parking(12, 1)));
        assertThat(ready.after().counts()).isEqualTo(new Counts(0, 7, 3, 2, 0));
    }
}
