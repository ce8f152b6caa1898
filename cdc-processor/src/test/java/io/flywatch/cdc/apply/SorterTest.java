package io.flywatch.cdc.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.DeadLetter.Kind;
import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SorterTest {
    private static final Position BEFORE = Position.start(100, "run-1", "t1");

    private final List<Sorter.Item> items = new ArrayList<>();

    private static Key key(int id) {
        return new Key(List.of("id"), List.of(id));
    }

    private void add(Decoded decoded) {
        items.add(new Sorter.Item(new Inbound(100 + items.size(), new Raw(null, null, null, null, 0, 0)), decoded));
    }

    private void put(int id, long lsn, @Nullable Key movedFrom) {
        Change change = new Change.Put(key(id), new Row(List.of("id"), id), movedFrom);
        change(change, Operation.UPDATE, lsn);
    }

    private void change(Change change, Operation operation, long lsn) {
        add(new Decoded.Of(new Captured(
                change, operation, new SourcePosition(List.of(lsn)), false, new Stamps(lsn, lsn + 1, 0, 0), 10)));
    }

    private Sorted sort(Map<String, Parking> parked, Map<Key, String> refused) {
        return new Sorter(BEFORE, true, parked, refused).sort(items);
    }

    @Test
    void movesThePositionBehindTheLastRecordWhateverItWas() {
        put(1, 5, null);
        add(new Decoded.Nothing());

        Sorted sorted = sort(Map.of(), Map.of());

        assertThat(sorted.after().offset()).isEqualTo(102);
        assertThat(sorted.after().sourceTime()).isEqualTo(5);
        assertThat(sorted.after().counts().streamedRows()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatWasAppliedBefore() {
        put(1, 5, null);
        put(2, 3, null);
        put(3, 5, null);

        Sorted sorted = sort(Map.of(), Map.of());

        assertThat(sorted.folded().writes()).extracting(write -> write.key()).containsExactly(key(1), key(3));
        assertThat(sorted.after().counts().stale()).isEqualTo(1);
    }

    @Test
    void countsTheLargeValuesThatAChangeLeftAsTheyWere() {
        Row row = new Row(List.of("id", "text", "bytes"), 1, Unavailable.VALUE, Unavailable.VALUE);
        change(new Change.Put(key(1), row, null), Operation.UPDATE, 5);
        put(2, 6, null);

        assertThat(sort(Map.of(), Map.of()).unavailable()).isEqualTo(2);
    }

    @Test
    void keepsALaterStreamedStateOverARowOfTheSnapshotBeforeIt() {
        Row old = new Row(List.of("id", "v"), 1, "snapshot");
        Row latest = new Row(List.of("id", "v"), 1, "streamed");
        add(new Decoded.Of(new Captured(
                new Change.Put(key(1), old, null),
                Operation.SNAPSHOT,
                null,
                true,
                new Stamps(Stamps.UNKNOWN, 1, 0, 0),
                10)));
        change(new Change.Put(key(1), latest, null), Operation.UPDATE, 5);

        assertThat(sort(Map.of(), Map.of()).folded().writes()).containsExactly(new Write.Replace(key(1), latest));
    }

    @Test
    void takesRowsOfAnIncrementalSnapshotInTheirOrderAndNoneThatIsOlderThanWhatWasApplied() {
        put(1, 5, null);
        read(1, "read at the end of the log", 7);
        read(2, "read before the change that came", 4);
        put(3, 6, null);

        Sorted sorted = sort(Map.of(), Map.of());

        assertThat(sorted.folded().writes()).extracting(Write::key).containsExactly(key(1), key(3));
        assertThat(sorted.folded().writes().getFirst())
                .isEqualTo(new Write.Replace(key(1), row(1, "read at the end of the log")));
        assertThat(sorted.after().counts().stale()).isEqualTo(1);
        assertThat(sorted.after().counts().snapshotRows()).isEqualTo(1);
        assertThat(sorted.after().source()).isEqualTo(new SourcePosition(List.of(6L)));
        assertThat(sorted.streamed()).hasSize(2);
    }

    private void read(int id, String value, long upTo) {
        add(new Decoded.Of(new Captured(
                new Change.Put(key(id), row(id, value), null),
                Operation.SNAPSHOT,
                new SourcePosition(List.of(upTo)),
                false,
                new Stamps(Stamps.UNKNOWN, 1, 0, 0),
                10)));
    }

    private static Row row(int id, String value) {
        return new Row(List.of("id", "v"), id, value);
    }

    @Test
    void givesARecordWithoutAKeyAPlaceOfItsOwn() {
        add(new Decoded.Unreadable("", "no JSON"));
        add(new Decoded.Unreadable("", "no JSON"));

        assertThat(sort(Map.of(), Map.of()).parked().keySet()).containsExactlyInAnyOrder("record:100", "record:101");
    }

    @Test
    void parksWhatFollowsAnUnreadableRecordOfItsKey() {
        add(new Decoded.Unreadable("id=1", "no JSON"));
        put(1, 5, null);
        put(2, 6, null);

        Sorted sorted = sort(Map.of(), Map.of());

        assertThat(sorted.letters()).extracting(DeadLetter::kind).containsExactly(Kind.UNREADABLE, Kind.PARKED);
        assertThat(sorted.parked()).containsExactly(Map.entry("id=1", new Parking(100, 2)));
        assertThat(sorted.folded().writes()).hasSize(1);
        assertThat(sorted.after().counts().errors()).isEqualTo(2);
    }

    @Test
    void parksWhatTheTargetRefusedAndWhatFollowsIt() {
        put(1, 5, null);
        put(1, 6, null);

        Sorted sorted = sort(Map.of(), Map.of(key(1), "too large"));

        assertThat(sorted.letters()).extracting(DeadLetter::kind).containsExactly(Kind.REFUSED, Kind.PARKED);
        assertThat(sorted.folded().isEmpty()).isTrue();
    }

    @Test
    void parksARowThatMovesAwayFromAParkedKey() {
        put(2, 5, key(1));

        Sorted sorted = sort(Map.of("id=1", new Parking(7, 1)), Map.of());

        assertThat(sorted.letters()).extracting(DeadLetter::kind).containsExactly(Kind.PARKED);
        assertThat(sorted.parked()).containsExactly(Map.entry("id=2", Parking.first(100)));
    }

    @Test
    void letsGoOfParkedKeysWhenTheirRowsAreTruncated() {
        put(1, 5, null);
        change(new Change.Truncate(), Operation.TRUNCATE, 6);
        put(1, 7, null);

        Sorted sorted = sort(Map.of("id=1", new Parking(7, 2)), Map.of());

        assertThat(sorted.letters()).hasSize(1);
        assertThat(sorted.released()).containsExactly("id=1");
        assertThat(sorted.parked()).isEmpty();
        assertThat(sorted.folded().writes()).hasSize(1);
        assertThat(sorted.after().counts().deadLetters()).isEqualTo(-2);
    }

    @Test
    void stopsBeforeATruncateThatOtherPartitionsMayNotHaveReached() {
        put(1, 5, null);
        change(new Change.Truncate(), Operation.TRUNCATE, 6);
        put(2, 7, null);

        Sorted sorted = new Sorter(BEFORE, false, Map.of(), Map.of()).sort(items);

        assertThat(sorted.impassable()).contains("Nothing was skipped");
        assertThat(sorted.after().offset()).isEqualTo(101);
        assertThat(sorted.folded().writes()).hasSize(1);
    }

    @Test
    void waitsLongerEachTimeUpToALimit() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

        assertThat(backoff.after(1, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.after(4, 1)).isEqualTo(Duration.ofMillis(1_600));
        assertThat(backoff.after(400, 1)).isEqualTo(Duration.ofSeconds(10));
    }
}
