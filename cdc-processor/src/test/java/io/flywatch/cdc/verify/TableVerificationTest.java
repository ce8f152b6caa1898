package io.flywatch.cdc.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TableVerificationTest {

    private static final int ROWS = 60;

    private static TableState verify(TinySides sides, Limits limits) {
        TableVerification verification = new TableVerification(sides.sourceTable(), sides.targetTable(), limits, sides);
        TableState state = TableState.of("public.t", "t").begun((long) ROWS, List.of());
        while (!state.isDone()) {
            state = verification.step(state);
        }
        return state;
    }

    private static Limits limits(int chunk) {
        return new Limits(chunk, 7, 200, 1_000, 1);
    }

    private static Map<Integer, Kind> tamper(TinySides sides, Random random, int tampered) {
        Map<Integer, Kind> injected = new HashMap<>();
        for (int i = 0; i < tampered; i++) {
            int key = random.nextInt(ROWS);
            if (injected.containsKey(key)) {
                continue;
            }
            switch (random.nextInt(3)) {
                case 0 -> {
                    sides.target.remove(key);
                    injected.put(key, Kind.MISSING);
                }
                case 1 -> {
                    sides.target.put(key, "tampered");
                    injected.put(key, Kind.DIFFERENT);
                }
                default -> {
                    sides.target.put(-key - 1, "extra");
                    injected.put(-key - 1, Kind.EXTRA);
                }
            }
        }
        return injected;
    }

    @Property(tries = 400)
    void findsExactlyWhatWasInjectedWhileBothSidesChange(
            @ForAll long seed,
            @ForAll boolean ordered,
            @ForAll boolean versioned,
            @ForAll @IntRange(min = 1, max = 25) int chunk,
            @ForAll @IntRange(max = 30) int tampered) {
        Random random = new Random(seed);
        TinySides sides = new TinySides(random, ordered, versioned, ROWS, 2 * ROWS);
        for (int key = 0; key < 2 * ROWS; key++) {
            sides.put(key, "v" + key % 3);
        }
        Map<Integer, Kind> injected = tamper(sides, random, tampered);

        TableState end = verify(sides, limits(chunk));

        Map<Integer, Kind> found = sides.found.stream()
                .collect(Collectors.toMap(
                        mismatch -> Integer.valueOf(mismatch.key().parts().getFirst()), Mismatch::kind));
        assertThat(found).isEqualTo(injected);
        assertThat(end.tally().mismatches()).isEqualTo(injected.size());
        assertThat(end.suspects()).isEmpty();
    }

    @Property(tries = 200)
    void repairsWhatDiffersAndTakesNothingBackWhileBothSidesChange(
            @ForAll long seed,
            @ForAll boolean ordered,
            @ForAll boolean versioned,
            @ForAll @IntRange(max = 30) int tampered) {
        Random random = new Random(seed);
        TinySides sides = new TinySides(random, ordered, versioned, 0, 2 * ROWS);
        for (int key = 0; key < 2 * ROWS; key++) {
            sides.put(key, "v" + key % 3);
        }
        tamper(sides, random, tampered);
        sides.repairing = true;

        TableState end = verify(sides, limits(10));
        sides.awaitApplied(sides.sourceTable().moment());

        assertThat(end.tally().mismatches()).isZero();
        assertThat(end.tally().unsettled()).isZero();
        assertThat(end.tally().repaired()).isLessThanOrEqualTo(tampered);
        assertThat(sides.target).isEqualTo(sides.expected());
    }

    @Property(tries = 100)
    void callsNothingDifferentWhileItIsNotProvedThatItsChangesArrived(@ForAll long seed, @ForAll boolean ordered) {
        Random random = new Random(seed);
        TinySides sides = new TinySides(random, ordered, true, 0, ROWS);
        for (int key = 0; key < ROWS; key++) {
            sides.put(key, "v" + key % 3);
        }
        sides.target.remove(0);
        sides.provable = false;

        TableState end = verify(sides, limits(10));

        assertThat(sides.found).isEmpty();
        assertThat(end.tally().mismatches()).isZero();
        if (end.tally().unsettled() > 0) {
            assertThat(end.notes()).hasSizeLessThan(2).allMatch(note -> note.contains("nobody knows"));
        }
    }

    @Property(tries = 200)
    void coversEveryRowOnceWhileNothingChanges(
            @ForAll long seed, @ForAll boolean ordered, @ForAll @IntRange(min = 1, max = 70) int chunk) {
        TinySides sides = new TinySides(new Random(seed), ordered, true, 0, 0);
        for (int key = 0; key < ROWS; key++) {
            sides.put(key, "v");
        }

        TableState end = verify(sides, limits(chunk));

        assertThat(end.tally().rows()).isEqualTo(ROWS);
        assertThat(end.tally().chunks()).isEqualTo(ROWS / chunk + 1);
        assertThat(sides.found).isEmpty();
    }

    @Property(tries = 100)
    void goesOnFromAnyKeptStateToTheSameResult(@ForAll long seed, @ForAll boolean ordered) {
        Random random = new Random(seed);
        TinySides sides = new TinySides(random, ordered, true, ROWS, ROWS + 20);
        for (int key = 0; key < ROWS + 20; key++) {
            sides.put(key, "v" + key % 3);
        }
        Map<Integer, Kind> injected = tamper(sides, random, 20);
        TableState kept = TableState.of("public.t", "t").begun(null, List.of());

        while (!kept.isDone()) {
            TableVerification killedSoon =
                    new TableVerification(sides.sourceTable(), sides.targetTable(), limits(8), sides);
            TableState state = kept;
            for (int steps = random.nextInt(4); steps >= 0 && !state.isDone(); steps--) {
                state = killedSoon.step(state);
                kept = random.nextBoolean() ? state : kept;
            }
        }

        // The same mismatch may be found again after a kill, and is remembered once by its key.
        assertThat(sides.found.stream()
                        .collect(Collectors.toMap(
                                mismatch ->
                                        Integer.valueOf(mismatch.key().parts().getFirst()),
                                Mismatch::kind,
                                (one, again) -> again)))
                .isEqualTo(injected);
        assertThat(kept.tally().mismatches()).isEqualTo(injected.size());
    }

    @Test
    void keepsMemoryBoundedWhereAllRowsAreMissing() {
        TinySides sides = new TinySides(new Random(1), true, true, 0, 0);
        for (int key = 0; key < 5_000; key++) {
            sides.put(key, "v");
        }
        sides.target.clear();

        TableState end = verify(sides, new Limits(1_000, 50, 10, 1_000_000, 1));

        assertThat(end.tally().missing()).isEqualTo(5_000);
        assertThat(sides.mostInMemory).isLessThanOrEqualTo(100);
    }

    @Test
    void stopsAfterTheMostMismatches() {
        TinySides sides = new TinySides(new Random(1), true, true, 0, 0);
        for (int key = 0; key < 1_000; key++) {
            sides.put(key, "v");
        }
        sides.target.clear();

        TableState end = verify(sides, new Limits(100, 50, 10, 200, 1));

        assertThat(end.tally().missing()).isBetween(200L, 300L);
        assertThat(end.notes()).singleElement().asString().contains("the rest was not compared");
    }

    @Test
    void givesUpARowThatNeverStandsStill() {
        TinySides sides = new TinySides(new Random(1), true, true, 0, 0);
        sides.put(1, "v");
        List<Integer> reads = new ArrayList<>();
        SourceTable restless = new Restless(sides, reads);
        TableVerification verification =
                new TableVerification(restless, sides.targetTable(), new Limits(10, 10, 5, 10, 1), sides);

        TableState state = verification.step(TableState.of("public.t", "t").begun(null, List.of()));

        assertThat(state.tally().unsettled()).isEqualTo(1);
        assertThat(state.tally().mismatches()).isZero();
        assertThat(reads).hasSizeBetween(10, 12);
    }
}
