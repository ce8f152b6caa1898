package io.flywatch.runner.resnapshot;

import io.flywatch.runner.resnapshot.Resnapshot.End;
import io.flywatch.runner.resnapshot.Resnapshot.Outcome;
import io.flywatch.runner.resnapshot.Resnapshot.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next about a snapshot, from what is wanted of it and what its connector told. A signal that is not obeyed is given
 * again: a connector that is restarted forgets that it was paused.
 */
public final class Course {
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** So long a connector that is to stop may be silent before nobody waits for it any more. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private boolean executed;
    private @Nullable Instant stopSince;
    private @Nullable Instant signalledAt;

    /** The signals that are due now, in order. They count as given when {@link #signalled} says so. */
    public List<Signal> due(Resnapshot snapshot, Told told, Instant now) {
        if (snapshot.wish() != Wish.STOP) {
            stopSince = null;
        }
        if (!executed && told.state() == Told.State.SILENT) {
            return List.of(new Signal.Execute(snapshot));
        }
        boolean early = signalledAt != null && now.isBefore(signalledAt.plus(AGAIN));
        if (early || told.state() == Told.State.OVER) {
            return List.of();
        }
        return switch (snapshot.wish()) {
            case READ -> told.state() == Told.State.PAUSED ? List.of(new Signal.Resume(snapshot)) : List.of();
            case PAUSE -> told.state() == Told.State.READING ? List.of(new Signal.Pause(snapshot)) : List.of();
            // It is stopped when its next chunk is read, and none is read while it is paused.
            case STOP ->
                told.state() == Told.State.PAUSED
                        ? List.of(new Signal.Stop(snapshot), new Signal.Resume(snapshot))
                        : List.of(new Signal.Stop(snapshot));
        };
    }

    /** Takes note that a signal was given. */
    public void signalled(Signal signal, Instant now) {
        if (signal instanceof Signal.Execute) {
            executed = true;
        } else {
            signalledAt = now;
        }
        if (signal instanceof Signal.Stop && stopSince == null) {
            stopSince = now;
        }
    }

    /** The end of one that is to stop and whose connector answers nothing, as it may never have heard of it; empty if it is to be waited for. */
    public Optional<End> givenUp(Resnapshot snapshot, Told told, Instant now) {
        Instant since = stopSince;
        if (snapshot.wish() != Wish.STOP || since == null) {
            return Optional.empty();
        }
        Instant heard = told.at() == null || told.at().isBefore(since) ? since : told.at();
        return now.isBefore(heard.plus(PATIENCE))
                ? Optional.empty()
                : Optional.of(
                        new End(
                                Outcome.STOPPED,
                                now,
                                "It was stopped, though the connector did not answer: is its table of signals in its publication?"));
    }

    /** How it ended at the connector, if it was not read to its end; empty if it is still read, or all of it was. */
    public static Optional<End> brokenOff(Resnapshot snapshot, Told told, Instant now) {
        if (told.state() != Told.State.OVER) {
            return Optional.empty();
        }
        TreeMap<String, String> unread = new TreeMap<>();
        told.scans().forEach((table, scan) -> {
            if (!scan.isComplete()) {
                unread.put(table, scan.status());
            }
        });
        if (!unread.isEmpty()) {
            return Optional.of(new End(
                    Outcome.FAILED,
                    now,
                    "The connector could not read " + unread
                            + ": its worker's log says why. The rows that it read before"
                            + " are applied. Remove the cause and ask for a new snapshot."));
        }
        return told.scans().keySet().containsAll(snapshot.tables())
                ? Optional.empty()
                : Optional.of(new End(
                        Outcome.STOPPED,
                        now,
                        snapshot.wish() == Wish.STOP
                                ? "It was stopped; the rows that had been read are applied."
                                : "The connector read no more of it, though nobody asked for that here. The rows that it"
                                        + " had read are applied. Ask for a new snapshot."));
    }
}
