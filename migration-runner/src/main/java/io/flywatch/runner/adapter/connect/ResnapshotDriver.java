package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.SourceSignals;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.resnapshot.Arrival;
import io.flywatch.runner.resnapshot.Course;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.resnapshot.Resnapshot.End;
import io.flywatch.runner.resnapshot.Resnapshot.Outcome;
import io.flywatch.runner.resnapshot.Signal;
import io.flywatch.runner.resnapshot.Told;
import io.flywatch.runner.run.RunFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the snapshots that are asked for in one run to their ends, a look at a time. What it remembers can be found out again, so
 * another runner goes on with it. Used by one thread.
 */
final class ResnapshotDriver {
    private static final Logger LOG = Logger.getLogger(ResnapshotDriver.class);

    private final ResnapshotDrivers tools;
    private final ReplicationMigration migration;
    private final String runId;
    private @Nullable String current;
    private Course course = new Course();
    private Arrival arrival = Arrival.UNKNOWN;

    ResnapshotDriver(ResnapshotDrivers tools, ReplicationMigration migration, String runId) {
        this.tools = tools;
        this.migration = migration;
        this.runId = runId;
    }

    /** Does what is due and answers what goes on, in a few words; empty if no snapshot is under way. What fails is done at the next look. */
    String look(Optional<PipelineView> pipeline, Instant now) {
        Optional<Resnapshot> underWay = tools.store().underWay(runId);
        if (underWay.isEmpty()) {
            return "";
        }
        Resnapshot snapshot = underWay.get();
        if (!snapshot.id().equals(current)) {
            current = snapshot.id();
            course = new Course();
            arrival = Arrival.UNKNOWN;
        }
        Told told = tools.notifications().told(snapshot.id());
        try {
            signal(snapshot, told, now);
            Optional<End> end = end(snapshot, told, pipeline, now);
            if (end.isPresent()) {
                finish(snapshot, end.get());
                return "";
            }
            return words(snapshot, told, arrival);
        } catch (RunFailure e) {
            return words(snapshot, told, arrival) + ", and waits: " + e.text();
        }
    }

    private void signal(Resnapshot snapshot, Told told, Instant now) {
        for (Signal signal : course.due(snapshot, told, now)) {
            signals().write(List.of(tools.words().row(signal)));
            course.signalled(signal, now);
            LOG.infof(
                    "connector is signalled migration=%s snapshot=%s signal=%s",
                    migration.id(), snapshot.id(), signal.getClass().getSimpleName());
        }
    }

    private Optional<End> end(Resnapshot snapshot, Told told, Optional<PipelineView> pipeline, Instant now) {
        Optional<End> brokenOff = Course.brokenOff(snapshot, told, now).or(() -> course.givenUp(snapshot, told, now));
        if (told.state() != Told.State.OVER || brokenOff.isPresent()) {
            arrival = Arrival.UNKNOWN;
            return brokenOff;
        }
        Optional<Instant> committed =
                arrival.sentBy() == null ? tools.connectors().committedUpTo(migration.id()) : Optional.empty();
        if (arrival.asksForTheTime(committed)) {
            arrival = arrival.at(committed, tools.sources().of(migration).fence(migration));
        }
        return arrival.isComplete(pipeline.map(PipelineView::appliedUpTo).orElse(null))
                ? Optional.of(new End(Outcome.DONE, now, "All rows that were read are in the target."))
                : Optional.empty();
    }

    /**
     * The end is kept first: were the signals gone before it, a runner that takes over in between and has not read yet what the connector
     * told would signal the snapshot once more. Signals that are left behind do nothing, and go with the next or with the run.
     */
    private void finish(Resnapshot snapshot, End end) {
        tools.store().end(snapshot.id(), end);
        signals().clear();
        LOG.infof(
                "snapshot of tables ended migration=%s snapshot=%s outcome=%s reason=%s",
                migration.id(), snapshot.id(), end.outcome(), end.reason());
    }

    private SourceSignals signals() {
        return tools.sources().of(migration).signals(migration);
    }

    private static String words(Resnapshot snapshot, Told told, Arrival arrival) {
        String tables = snapshot.tables().size() == 1
                ? snapshot.tables().getFirst()
                : snapshot.tables().size() + " tables";
        return switch (told.state()) {
            case SILENT -> "snapshot of " + tables + ": the connector has not answered yet";
            case READING ->
                "snapshot of " + tables + ": reading" + (told.table() == null ? "" : " " + told.table())
                        + (told.lastKey() == null ? "" : " up to " + told.lastKey() + " of " + told.maximumKey());
            case PAUSED -> "snapshot of " + tables + " is paused";
            case OVER ->
                "snapshot of " + tables
                        + (arrival.sentBy() == null
                                ? " is read; Kafka Connect has not committed yet that its rows are in Kafka"
                                : " is in Kafka; its last rows are being applied");
        };
    }
}
