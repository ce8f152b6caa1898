package io.flywatch.runner.replication;

import io.flywatch.runner.progress.Observation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a replication is, from all that is known of it.
 *
 * @param expected rows per second, if the migration's file says
 */
public record Progress(
        Plan plan,
        SnapshotLog log,
        Optional<PipelineView> view,
        @Nullable Double expected) {

    /** Snapshot rows applied, of all tables. */
    public long snapshotRows() {
        return plan.tables().stream().mapToLong(it -> counts(it).snapshotRows()).sum();
    }

    /** Changes applied after it, of all tables. */
    public long streamedRows() {
        return plan.tables().stream().mapToLong(it -> counts(it).streamedRows()).sum();
    }

    /** While the snapshot is moved: rows of it, against the numbers read, counted or estimated. */
    public Observation ofSnapshot(String activity) {
        List<Observation.Part> parts = plan.tables().stream()
                .map(it -> new Observation.Part(it.source(), counts(it).snapshotRows(), total(it), isDone(it)))
                .toList();
        boolean exact = plan.tables().stream()
                .allMatch(it -> it.counted() || log.scanned().containsKey(it.source()));
        long total = plan.tables().stream().mapToLong(this::total).sum();
        boolean moving = !log.isRead() || snapshotRows() < total;
        return new Observation(
                Phase.SNAPSHOT.label(),
                activity,
                snapshotRows(),
                total,
                exact ? "counted" : "estimated",
                errors(),
                expected,
                moving && snapshotRows() > 0,
                parts);
    }

    /** While changes are moved: there is no end in sight, so there is no total. */
    public Observation ofStream(Phase phase, String activity) {
        List<Observation.Part> parts = plan.tables().stream()
                .map(it -> new Observation.Part(
                        it.source(), counts(it).snapshotRows() + counts(it).streamedRows(), null, true))
                .toList();
        return new Observation(
                phase.label(), activity, snapshotRows() + streamedRows(), null, null, errors(), null, false, parts);
    }

    private long errors() {
        return view.map(PipelineView::errors).orElse(0L);
    }

    private long total(Plan.Table table) {
        return log.scanned().getOrDefault(table.source(), table.rows());
    }

    private boolean isDone(Plan.Table table) {
        Long scanned = log.scanned().get(table.source());
        return scanned != null && counts(table).snapshotRows() >= scanned;
    }

    private PipelineView.Counts counts(Plan.Table table) {
        PipelineView.Counts none = new PipelineView.Counts(0, 0, 0);
        return view.map(it -> it.tables().getOrDefault(table.source(), none)).orElse(none);
    }
}
