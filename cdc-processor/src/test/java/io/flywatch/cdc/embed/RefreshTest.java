package io.flywatch.cdc.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Two streams of changes, of parents and of children, are applied step by step in an order that chance decides, with kills between any two
 * steps, repetitions after them, and late writers that have been replaced already.
 */
class RefreshTest {
    private static final int PARENTS = 4;
    private static final int CHILDREN = 6;

    /** A child has a parent, perhaps one that never comes, or none; or it goes. */
    private record ChildChange(
            int child, boolean gone, @Nullable Integer parent) {}

    /** A parent comes, or goes. */
    private record ParentChange(int parent, boolean gone) {}

    private final List<ChildChange> ofChildren = new ArrayList<>();
    private final List<ParentChange> ofParents = new ArrayList<>();

    @Property(tries = 2_000)
    void endsAsTheRowsSayInWhateverOrderTheyChange(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int length, @ForAll @IntRange(max = 12) int kills) {
        Random random = new Random(seed);
        ofChildren.clear();
        ofParents.clear();
        for (int i = 0; i < length; i++) {
            ofChildren.add(childChange(random));
            ofParents.add(new ParentChange(random.nextInt(PARENTS), random.nextInt(3) == 0));
        }
        Turns turns = new Turns(seed, kills / 100.0);
        List<Turns.Player> playing = new ArrayList<>();
        ThreadLocal<Turns.Player> self = new ThreadLocal<>();
        TinyFamily family =
                new TinyFamily(() -> Objects.requireNonNull(self.get()).await());
        for (String stream : List.of("children", "parents")) {
            int me = playing.size();
            playing.add(turns.new Player(() -> {
                self.set(playing.get(me));
                apply(stream, family, new Random(seed + me));
            }));
        }

        turns.play(playing);

        assertThat(family.parents.keySet()).isEqualTo(parentsInTheEnd());
        family.parents.forEach((parent, document) -> assertThat(document.array())
                .describedAs("array of %s, seed %s", parent, seed)
                .isEqualTo(family.expected(parent)));
        assertThat(family.notes.values()).allMatch(Set::isEmpty);
    }

    private static ChildChange childChange(Random random) {
        boolean gone = random.nextInt(4) == 0;
        Integer parent = random.nextInt(6) == 0 ? null : Integer.valueOf(random.nextInt(PARENTS + 1));
        return new ChildChange(random.nextInt(CHILDREN), gone, gone ? null : parent);
    }

    private Set<Integer> parentsInTheEnd() {
        Set<Integer> there = new TreeSet<>();
        for (ParentChange change : ofParents) {
            if (change.gone()) {
                there.remove(change.parent());
            } else {
                there.add(change.parent());
            }
        }
        return there;
    }

    /** A lane: whoever comes after a kill first makes good what is noted, and then goes on from the position. */
    private void apply(String stream, TinyFamily family, Random random) {
        int length = ofChildren.size();
        boolean anew = true;
        while (anew || family.positions.getOrDefault(stream, 0) < length) {
            try {
                if (anew) {
                    settle(stream, family, family.notes.getOrDefault(stream, Set.of()));
                    anew = false;
                }
                int from = family.positions.getOrDefault(stream, 0);
                int to = Math.min(length, from + 1 + random.nextInt(4));
                if (from < to) {
                    batch(stream, family, from, to);
                }
            } catch (Turns.KilledException e) {
                anew = true;
            }
        }
    }

    /** Note, rows, position, arrays, and the note goes: the order that MongoTarget keeps, each row a step as without transactions. */
    private void batch(String stream, TinyFamily family, int from, int to) {
        Set<Integer> stale = new HashSet<>();
        family.step(() -> {
            stale.addAll(stale(stream, family, from, to));
            Set<Integer> noted = new HashSet<>(family.notes.getOrDefault(stream, Set.of()));
            noted.addAll(stale);
            family.notes.put(stream, noted);
        });
        for (int i = from; i < to; i++) {
            int change = i;
            family.step(() -> row(stream, family, change));
        }
        family.step(() -> family.positions.put(stream, to));
        settle(stream, family, stale);
    }

    private Set<Integer> stale(String stream, TinyFamily family, int from, int to) {
        Set<Integer> stale = new HashSet<>();
        for (int i = from; i < to; i++) {
            if (stream.equals("children")) {
                ChildChange change = ofChildren.get(i);
                add(family.children.get(change.child()), stale);
                add(change.parent(), stale);
            } else if (!family.parents.containsKey(ofParents.get(i).parent())
                    || ofParents.subList(from, to).stream().anyMatch(ParentChange::gone)) {
                stale.add(ofParents.get(i).parent());
            }
        }
        return stale;
    }

    private static void add(@Nullable Integer parent, Set<Integer> stale) {
        if (parent != null) {
            stale.add(parent);
        }
    }

    private void row(String stream, TinyFamily family, int i) {
        if (stream.equals("children")) {
            ChildChange change = ofChildren.get(i);
            if (change.gone()) {
                family.children.remove(change.child());
            } else {
                family.children.put(change.child(), change.parent());
            }
        } else if (ofParents.get(i).gone()) {
            family.parents.remove(ofParents.get(i).parent());
        } else if (!family.parents.containsKey(ofParents.get(i).parent())) {
            family.insert(ofParents.get(i).parent());
        }
    }

    private static void settle(String stream, TinyFamily family, Set<Integer> stale) {
        new Refresh<>(family, 2).of(stale);
        family.step(() -> family.notes.put(stream, Set.of()));
    }
}
