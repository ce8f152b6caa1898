package io.flywatch.runner.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What a replication is doing or waiting for, in a sentence. */
public final class Activity {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private Activity() {}

    /** The first thing that is in the way, or what goes on. */
    public static String of(
            Phase phase,
            ConnectorSight connector,
            SnapshotLog snapshot,
            Optional<PipelineView> pipeline,
            Plan plan,
            Instant now) {
        if (!connector.trouble().isEmpty()) {
            return "waiting: " + connector.trouble();
        }
        if (pipeline.isEmpty()) {
            return "waiting: the processor has not spoken of this run yet";
        }
        PipelineView view = pipeline.get();
        if (view.silence(now).compareTo(QUIET) > 0) {
            return "waiting: the processor has been silent for "
                    + view.silence(now).toSeconds() + " s";
        }
        String remark = plan.remarks().isEmpty() ? "" : "; " + String.join("; ", plan.remarks());
        return switch (view.state()) {
            case THROTTLED, STALLED, BROKEN -> "waiting: " + view.reason() + remark;
            case SNAPSHOTTING, STREAMING, IDLE, CATCHING_UP, UNMEASURED -> going(phase, snapshot, view) + remark;
        };
    }

    private static String going(Phase phase, SnapshotLog snapshot, PipelineView view) {
        return switch (phase) {
            case CHECK, CONNECT, SNAPSHOT ->
                snapshot.isRead()
                        ? String.format(Locale.ROOT, "snapshot is read; %d records wait to be applied", view.backlog())
                        : String.format(Locale.ROOT, "snapshot: applying %.0f rows/s", view.appliedPerSecond());
            case VERIFY, STREAM ->
                String.format(
                        Locale.ROOT,
                        "streaming: applying %.0f changes/s, %s",
                        view.appliedPerSecond(),
                        staleness(view));
        };
    }

    private static String staleness(PipelineView view) {
        return view.stalenessSeconds() == null
                ? "staleness not measured yet"
                : String.format(Locale.ROOT, "staleness %.1f s", view.stalenessSeconds());
    }
}
