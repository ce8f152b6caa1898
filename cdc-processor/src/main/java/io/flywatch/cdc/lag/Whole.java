package io.flywatch.cdc.lag;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Holding;
import io.flywatch.events.lag.PipelineState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as all replicas of the processor together tell it.
 *
 * @param sample the counts of all that speak added up, the worst of their times; of the slowest change, all stages
 * @param replicas the one that was asked first, then the others, silent ones among them
 * @param unheld partitions that nobody who speaks holds; null if that can't be told
 * @param slowest the replica that applied the slowest change of the last second; null if none was applied
 */
public record Whole(
        LagSample sample,
        List<Told> replicas,
        @Nullable List<Unheld> unheld,
        @Nullable String slowest) {
    private static final int NAMED = 3;

    public Whole {
        replicas = List.copyOf(replicas);
        unheld = unheld == null ? null : List.copyOf(unheld);
    }

    /**
     * A partition without a replica.
     *
     * @param table {@code schema.table} at the source
     * @param lastHeldBy the silent replica that said so last; null if there is none
     */
    public record Unheld(
            String table, int partition, @Nullable String lastHeldBy) {}

    /**
     * Puts together what is known.
     *
     * @param self the replica that is asked
     * @param others what it heard
     * @param listening whether it hears anything at all
     * @param sizes how many partitions the topic of each table has, the heartbeat's too, as far as there is one
     */
    public static Whole of(Told self, List<Told> others, boolean listening, Map<String, Integer> sizes) {
        List<Told> all = new ArrayList<>(List.of(self));
        all.addAll(others);
        List<LagSample> working = working(all);
        List<Unheld> missing = missing(all, sizes);
        boolean known = missing.isEmpty() || (listening && all.stream().allMatch(Whole::tells));
        LagSample sum = Sums.of(self.sample(), working);
        String why = missing.stream()
                        .anyMatch(it -> self.sample().tables().stream()
                                .anyMatch(table -> table.source().equals(it.table())))
                ? why(missing, known, all)
                : null;
        return new Whole(
                why == null ? sum : Sums.unknown(sum, sum.state() == PipelineState.BROKEN ? sum.reason() : why),
                all,
                known ? missing : null,
                Sums.slowest(working).map(LagSample::replica).orElse(null));
    }

    private static boolean tells(Told told) {
        return told.isSilent() || told.sample().share() != null;
    }

    /** Those that speak and have a part of it; all that speak if nobody has, and at least who was asked. */
    private static List<LagSample> working(List<Told> all) {
        List<LagSample> speaking =
                all.stream().filter(told -> !told.isSilent()).map(Told::sample).toList();
        List<LagSample> working = all.stream()
                .filter(told -> !told.isSilent() && told.mayHold())
                .map(Told::sample)
                .toList();
        if (!working.isEmpty()) {
            return working;
        }
        return speaking.isEmpty() ? List.of(all.getFirst().sample()) : speaking;
    }

    private static List<Unheld> missing(List<Told> all, Map<String, Integer> sizes) {
        List<Unheld> missing = new ArrayList<>();
        new TreeMap<>(sizes).forEach((table, size) -> {
            for (int partition = 0; partition < size; partition++) {
                if (holder(all, table, partition, false) == null) {
                    missing.add(new Unheld(table, partition, holder(all, table, partition, true)));
                }
            }
        });
        return missing;
    }

    private static @Nullable String holder(List<Told> all, String table, int partition, boolean silent) {
        return all.stream()
                .filter(told -> told.isSilent() == silent)
                .filter(told -> told.holds().stream().anyMatch(own -> is(own, table, partition)))
                .min(Comparator.comparing(Told::age))
                .map(told -> told.sample().replica())
                .orElse(null);
    }

    private static boolean is(Holding own, String table, int partition) {
        return own.partition() == partition && own.table().equals(table);
    }

    private static String why(List<Unheld> missing, boolean known, List<Told> all) {
        if (!known) {
            return "This replica does not hear what others hold: flywatch.lag.v1 can't be read now, it has only just begun to,"
                    + " or a replica before 0.2 is among them. It speaks for itself alone.";
        }
        String which = String.join(
                ", ",
                missing.stream()
                        .limit(NAMED)
                        .map(it -> it.table() + " (partition " + it.partition() + ")")
                        .toList());
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
        String silent = String.join(
                ", ",
                all.stream()
                        .filter(Told::isSilent)
                        .map(told -> told.sample().replica() + ", " + told.silence())
                        .toList());
        return "No replica that speaks holds " + which + more + ": it is about to be taken by one"
                + (silent.isEmpty() ? "." : ". Not heard: " + silent + ".");
    }
}
