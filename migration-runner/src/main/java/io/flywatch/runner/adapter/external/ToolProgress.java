package io.flywatch.runner.adapter.external;

import io.flywatch.events.progress.ServerSight;
import io.flywatch.runner.blocking.Verdict;
import io.flywatch.runner.external.Tally;
import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.progress.Observation.Part;
import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.server.SessionSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a tool is, as far as it reports or can be seen. Told by one thread, asked from anywhere. */
final class ToolProgress {
    private final ExternalMigration migration;
    private final Map<String, Long> baseline = new LinkedHashMap<>();
    private Tally tally = Tally.NOTHING;
    private ToolWatch.@Nullable Sight sight;
    private @Nullable Duration silentFor;

    ToolProgress(ExternalMigration migration) {
        this.migration = migration;
    }

    /** What the server's statistics said when the run began. */
    synchronized void since(Map<String, Long> counts) {
        baseline.putAll(counts);
    }

    synchronized void told(Tally newTally, @Nullable Duration silence) {
        tally = newTally;
        silentFor = silence;
    }

    synchronized void sees(ToolWatch.@Nullable Sight newSight) {
        sight = newSight;
    }

    /** Rows by table: as reported, or else as the server counted them. */
    synchronized Map<String, Long> rows() {
        Map<String, Long> rows = new LinkedHashMap<>();
        if (!tally.tables().isEmpty() || sight == null) {
            tally.tables().forEach(it -> rows.put(it.table(), it.rows()));
        } else {
            sight.changed()
                    .forEach((table, count) -> rows.put(table, Math.max(0, count - baseline.getOrDefault(table, 0L))));
        }
        return rows;
    }

    synchronized long errors() {
        return tally.errors();
    }

    synchronized Observation get() {
        List<Part> parts = new ArrayList<>();
        if (tally.tables().isEmpty()) {
            rows().forEach((table, rows) -> parts.add(new Part(table, rows, null, false)));
        } else {
            tally.tables()
                    .forEach(it ->
                            parts.add(new Part(it.table(), it.rows(), it.total(), isDone(it.rows(), it.total()))));
        }
        long done = parts.stream().mapToLong(Part::rowsDone).sum();
        Long total = tally.total();
        return new Observation(
                ExternalEngine.STEP,
                activity(),
                done,
                total,
                total == null ? null : "reported",
                tally.errors(),
                migration.expectedRowsPerSecond(),
                silentFor == null && done > 0,
                parts,
                server());
    }

    private static boolean isDone(long rows, @Nullable Long total) {
        return total != null && rows >= total;
    }

    private String activity() {
        StringBuilder text = new StringBuilder(tally.activity() == null ? "the tool works" : tally.activity());
        if (silentFor != null) {
            text.insert(0, "silent for %d s; last: ".formatted(silentFor.toSeconds()));
        }
        if (sight != null) {
            SessionSight session = sight.session();
            if (sight.sessions() == 0) {
                text.append("; it has no session at the database");
            }
            session.tasks().stream()
                    .findFirst()
                    .map(ServerTask::told)
                    .ifPresent(it -> text.append("; ").append(it));
            if (session.blockedBy() != null) {
                text.append("; it waits for a lock that is held by ").append(session.blockedBy());
            }
            switch (sight.verdict()) {
                case Verdict.Calm it -> {}
                case Verdict.Warn it -> text.append("; blocking: ").append(it.reason());
                case Verdict.Cancel it ->
                    text.append("; its statement is cancelled, as it blocks: ").append(it.reason());
            }
        }
        return text.toString();
    }

    private @Nullable ServerSight server() {
        if (sight == null) {
            return null;
        }
        SessionSight session = sight.session();
        ServerTask task = session.tasks().isEmpty() ? null : session.tasks().getFirst();
        return new ServerSight(
                task == null ? session.statement() : task.told(),
                task == null ? null : task.done(),
                task == null ? null : task.total(),
                task == null ? null : task.unit(),
                session.blockade().sessions().size(),
                session.blockade().longest().toMillis() / 1e3,
                migration.blocking().warnAfter().toMillis() / 1e3,
                session.blockedBy());
    }
}
