package io.flywatch.cdc.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a pipeline's source and target, from its order to its end: all that is needed to go on with it after a kill.
 *
 * @param whole whether it compares all tables of the pipeline with all of their rows
 * @param reason of its stage, for a person
 * @param schema stands for the columns of its tables at the source when it began; null before
 */
public record Verification(
        String id,
        String migrationId,
        String runId,
        Order order,
        boolean whole,
        Stage stage,
        String reason,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String schema,
        List<TableState> tables) {
    public Verification {
        tables = List.copyOf(tables);
    }

    /** It begins, or goes on. */
    public Verification running(Instant now, String schemaNow) {
        return new Verification(
                id,
                migrationId,
                runId,
                order,
                whole,
                Stage.RUNNING,
                "comparing",
                requestedAt,
                startedAt == null ? now : startedAt,
                null,
                schema == null ? schemaNow : schema,
                tables);
    }

    /** The same, in words that say why it does not get on. */
    public Verification because(String why) {
        return in(stage, why, finishedAt);
    }

    private Verification in(Stage next, String why, @Nullable Instant end) {
        return new Verification(
                id, migrationId, runId, order, whole, next, why, requestedAt, startedAt, end, schema, tables);
    }

    /** Halted, to go on later. */
    public Verification paused() {
        return in(Stage.PAUSED, "paused", null);
    }

    /** Asked to go on. */
    public Verification resumed() {
        return in(Stage.REQUESTED, "goes on as soon as a replica is free", null);
    }

    /** With a table that has got on. */
    public Verification with(TableState table) {
        List<TableState> all = new ArrayList<>(tables);
        all.replaceAll(one -> one.source().equals(table.source()) ? table : one);
        return new Verification(
                id, migrationId, runId, order, whole, stage, reason, requestedAt, startedAt, finishedAt, schema, all);
    }

    /** The first table that is not done. */
    public Optional<TableState> next() {
        return tables.stream().filter(table -> !table.isDone()).findFirst();
    }

    /** Ended without a result. */
    public Verification ended(Stage end, String why, Instant now) {
        return in(end, why, now);
    }

    /** Ended: what came out follows from the tables. */
    public Verification concluded(Instant now) {
        Tally sum = tally();
        if (sum.mismatches() > 0) {
            return in(
                    Stage.MISMATCHED,
                    sum.missing() + " rows are missing, " + sum.extra() + " are extra, " + sum.different()
                            + " are different",
                    now);
        }
        return sum.unsettled() > 0
                ? in(
                        Stage.UNSETTLED,
                        sum.unsettled() + " rows changed so often that nothing could be proved of them",
                        now)
                : in(
                        Stage.EQUAL,
                        "all " + sum.rows() + " rows are equal"
                                + (sum.repaired() > 0
                                        ? ", " + sum.repaired() + " of them once they were repaired"
                                        : ""),
                        now);
    }

    /** All tables together. */
    public Tally tally() {
        return tables.stream().map(TableState::tally).reduce(Tally.NONE, Tally::plus);
    }
}
