package io.flywatch.anomaly.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of each migration, as others see it. To look at all of them each time would cost more than to judge them. */
final class Looks {

    private final Map<String, Board.Look> looks = new HashMap<>();
    /** The migrations of which more is known, or less, than the looks have. */
    private final Set<String> changed = new HashSet<>();

    /** More or less is known of a migration. */
    void changed(String migration) {
        changed.add(migration);
    }

    /** What is known now. */
    Map<String, Board.Look> now(Map<String, Watched> watched) {
        for (String migration : changed) {
            Watched run = watched.get(migration);
            if (run == null) {
                looks.remove(migration);
            } else {
                looks.put(
                        migration,
                        new Board.Look(
                                run.episodes().open(), run.scores(), run.watch().sightings()));
            }
        }
        changed.clear();
        return looks;
    }
}
