package io.flywatch.cdc.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final List<String> COLUMNS = List.of("id", "small", "large");

    static Key key(int id) {
        return new Key(List.of("id"), List.of(id));
    }

    static Row row(int id, Object small, @Nullable Object large) {
        return new Row(COLUMNS, id, small, large);
    }

    private static Change.Put put(int id, Object small, @Nullable Object large) {
        return new Change.Put(key(id), row(id, small, large), null);
    }

    private static Change.Put moved(int id, int from, Object small, @Nullable Object large) {
        return new Change.Put(key(id), row(id, small, large), key(from));
    }

    private static Folded fold(Change... changes) {
        Fold fold = new Fold();
        List.of(changes).forEach(fold::add);
        return fold.result();
    }

    /** The law: whatever the source does, and however its changes are cut into batches, the target ends as the source. */
    @Property(tries = 2_000)
    void foldingIsApplyingOneByOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int largestBatch) {
        Random random = new Random(seed);
        TinySource source = new TinySource(random);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            changes.addAll(source.step());
        }

        TinyTarget target = new TinyTarget();
        TinyTarget oneByOne = new TinyTarget();
        for (int from = 0; from < changes.size(); ) {
            int to = Math.min(changes.size(), from + 1 + random.nextInt(largestBatch));
            target.apply(fold(changes.subList(from, to).toArray(Change[]::new)), random);
            from = to;
        }
        changes.forEach(change -> oneByOne.apply(fold(change), random));

        assertThat(target.rows()).isEqualTo(source.rows());
        assertThat(oneByOne.rows()).isEqualTo(source.rows());
        assertThat(target.aside()).isEmpty();
    }

    @Test
    void writesAKeyOnce() {
        Folded folded = fold(put(1, "a", "x"), new Change.Delete(key(1), null), put(1, "b", "y"));

        assertThat(folded.writes()).containsExactly(new Write.Replace(key(1), row(1, "b", "y")));
    }

    @Test
    void endsWithTheDeleteThatCameLast() {
        Folded folded = fold(new Change.Delete(key(1), null), put(1, "a", "x"), new Change.Delete(key(1), null));

        assertThat(folded.writes()).containsExactly(new Write.Delete(key(1)));
    }

    @Test
    void fillsAnUnavailableValueFromAnEarlierChangeOfTheBatch() {
        Folded folded = fold(put(1, "a", "x"), put(1, "b", Unavailable.VALUE));

        assertThat(folded.writes()).containsExactly(new Write.Replace(key(1), row(1, "b", "x")));
    }

    @Test
    void leavesAnUnavailableValueToTheTargetIfTheBatchDoesNotHaveIt() {
        Folded folded = fold(put(1, "a", Unavailable.VALUE), put(1, "b", Unavailable.VALUE));

        assertThat(folded.writes()).containsExactly(new Write.Patch(key(1), row(1, "b", Unavailable.VALUE)));
    }

    @Test
    void carriesALargeValueToTheNewKeyWithinABatch() {
        Folded folded = fold(put(1, "a", "x"), new Change.Delete(key(1), key(2)), moved(2, 1, "b", Unavailable.VALUE));

        assertThat(folded.writes())
                .containsExactly(new Write.Delete(key(1)), new Write.Replace(key(2), row(2, "b", "x")));
        assertThat(folded.leaving()).isEmpty();
    }

    @Test
    void keepsTheRowThatLeavesUntilItsNewKeyComes() {
        Folded folded = fold(put(1, "a", Unavailable.VALUE), new Change.Delete(key(1), key(2)));

        assertThat(folded.leaving())
                .containsExactly(new Leaving(key(2), row(1, "a", Unavailable.VALUE), new Origin(key(1), null)));
    }

    @Test
    void asksForTheRowUnderItsFirstKeyAfterTwoMoves() {
        Folded folded = fold(
                new Change.Delete(key(1), key(2)),
                moved(2, 1, "b", Unavailable.VALUE),
                new Change.Delete(key(2), key(3)),
                moved(3, 2, "c", Unavailable.VALUE));

        assertThat(folded.writes())
                .contains(new Write.Move(key(3), row(3, "c", Unavailable.VALUE), new Origin(key(1), null)))
                .contains(new Write.Delete(key(1)), new Write.Delete(key(2)));
    }

    @Test
    void forgetsWhatATruncateEmptied() {
        Folded folded = fold(put(1, "a", "x"), new Change.Truncate(), put(2, "b", "y"));

        assertThat(folded.truncated()).isTrue();
        assertThat(folded.writes()).containsExactly(new Write.Replace(key(2), row(2, "b", "y")));
    }
}
