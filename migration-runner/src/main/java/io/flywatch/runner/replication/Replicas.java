package io.flywatch.runner.replication;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.TableLag;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of the processor that there are, and which of them count.
 *
 * @param working those that hold something of the pipeline; all if nobody does, or says
 * @param unheld a table of which no replica holds some part; empty if all is held, or if replicas don't tell
 */
record Replicas(List<LagSample> working, Optional<String> unheld) {

    static Replicas of(List<LagSample> present) {
        if (present.stream().anyMatch(Replicas::doesNotTell)) {
            return new Replicas(present, Optional.empty());
        }
        List<LagSample> working = present.stream()
                .filter(it -> it.stalenessSeconds() != null || holdsATable(it))
                .toList();
        return new Replicas(working.isEmpty() ? present : working, unheld(present));
    }

    /** Processors before 0.2 did not. */
    private static boolean doesNotTell(LagSample sample) {
        return sample.tables().stream().anyMatch(table -> table.held() == null);
    }

    private static boolean holdsATable(LagSample sample) {
        return sample.tables().stream().anyMatch(table -> number(table.held()) > 0);
    }

    private static Optional<String> unheld(Collection<LagSample> present) {
        Map<String, Integer> missing = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (LagSample sample : present) {
            for (TableLag table : sample.tables()) {
                sizes.merge(table.source(), number(table.partitions()), Math::max);
                missing.merge(table.source(), -number(table.held()), Integer::sum);
            }
        }
        sizes.forEach((table, size) -> missing.merge(table, size, Integer::sum));
        return missing.entrySet().stream()
                .filter(table -> table.getValue() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
