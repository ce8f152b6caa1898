package io.flywatch.runner.run;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.runner.run.RunStatus.Cancelled;
import io.flywatch.runner.run.RunStatus.Failed;
import io.flywatch.runner.run.RunStatus.Paused;
import io.flywatch.runner.run.RunStatus.Pending;
import io.flywatch.runner.run.RunStatus.Running;
import io.flywatch.runner.run.RunStatus.Succeeded;
import java.time.Instant;

/** What may be demanded of a run, by where it stands. */
public final class Rules {
    private static final String STREAM = "stream";
    private static final Ruling ALREADY = new Ruling.Already();

    private Rules() {}

    /**
     * Rules on a demand.
     *
     * @param latest whether no later run of the migration is there
     */
    public static Ruling on(Run run, Demand demand, boolean latest, Instant now) {
        return switch (demand) {
            case PAUSE -> pause(run, now);
            case RESUME -> resume(run, now);
            case CANCEL -> cancel(run);
            case FINISH -> finish(run);
            case RETRY -> retry(run, latest, now);
            case ROLLBACK -> rollback(run);
        };
    }

    private static Ruling pause(Run run, Instant now) {
        if (run.kind() == MigrationKind.EXTERNAL && run.isActive()) {
            return new Ruling.Refused(
                    "Not to be paused",
                    "Run " + run.id() + " is done by a tool that Flywatch does not run.",
                    "Pause the tool itself.");
        }
        if (run.kind() == MigrationKind.REPLICATION && run.isActive() && !isStreaming(run)) {
            return new Ruling.Refused(
                    "Not to be paused yet",
                    "Run " + run.id()
                            + " is taking its snapshot, which holds a transaction open at the source: standing"
                            + " still would hold back the source's clean-up for as long.",
                    "Wait for the stream, or cancel the run and start another later.");
        }
        return switch (run.status()) {
            case Pending it -> run.wish() == null ? new Ruling.Move(it.pause(now)) : beingEnded(run);
            case Running it ->
                run.wish() == null ? new Ruling.Ask(Wish.PAUSE) : run.wish() == Wish.PAUSE ? ALREADY : beingEnded(run);
            case Paused it -> run.wish() == null ? ALREADY : beingEnded(run);
            case RunStatus.Ended it -> ended(run, "Nothing is to be done.");
        };
    }

    private static Ruling resume(Run run, Instant now) {
        return switch (run.status()) {
            case Pending it -> ALREADY;
            case Running it -> run.wish() == Wish.PAUSE ? new Ruling.Ask(null) : ALREADY;
            case Paused it -> run.wish() == null ? new Ruling.Move(it.resume(now)) : beingEnded(run);
            case Failed it ->
                ended(run, "Remove the cause of the failure and retry it: POST " + path(run, "retry") + ".");
            case Succeeded it -> ended(run, "Nothing is to be done.");
            case Cancelled it -> ended(run, "Start a new run.");
        };
    }

    private static Ruling cancel(Run run) {
        return switch (run.status()) {
            case RunStatus.Active it -> run.wish() == Wish.CANCEL ? ALREADY : new Ruling.Ask(Wish.CANCEL);
            case RunStatus.Ended it -> ended(run, "Nothing is to be done.");
        };
    }

    private static Ruling finish(Run run) {
        if (run.kind() != MigrationKind.REPLICATION) {
            return new Ruling.Refused(
                    "Not a replication",
                    "Run %s ends by itself when its last step is done.".formatted(run.id()),
                    "Wait for it, or cancel it.");
        }
        return switch (run.status()) {
            case Pending it -> run.wish() == Wish.CANCEL ? beingEnded(run) : new Ruling.Ask(Wish.FINISH);
            case Running it -> run.wish() == Wish.CANCEL ? beingEnded(run) : new Ruling.Ask(Wish.FINISH);
            case Paused it ->
                new Ruling.Refused(
                        "The run is paused",
                        "Run " + run.id() + " stands still, so nothing proves that the target has everything.",
                        "Resume it first: POST " + path(run, "resume") + ".");
            case RunStatus.Ended it -> ended(run, "Nothing is to be done.");
        };
    }

    private static Ruling retry(Run run, boolean latest, Instant now) {
        return switch (run.status()) {
            case Failed it -> {
                if (run.kind() == MigrationKind.REPLICATION) {
                    yield new Ruling.Refused(
                            "Not to be retried",
                            "What run " + run.id()
                                    + " had set up was taken down when it failed, so that the source keeps"
                                    + " no log for it: there is nothing to go on from.",
                            "Start a new run: POST /api/v1/migrations/%s/runs.".formatted(run.migrationId()));
                }
                yield latest ? new Ruling.Move(it.retry(now)) : overtaken(run);
            }
            case RunStatus.Active it ->
                new Ruling.Refused(
                        "The run has not failed", "Run " + run.id() + " is " + run.told() + ".", unfailed(run));
            case Succeeded it -> ended(run, "Nothing is left to be retried.");
            case Cancelled it -> ended(run, "Start a new run: it goes on from the steps that are done.");
        };
    }

    private static Ruling rollback(Run run) {
        return switch (run.status()) {
            case RunStatus.Active it ->
                new Ruling.Refused(
                        "The run is active",
                        "Run " + run.id() + " is " + run.told() + ": what it changes can't be undone meanwhile.",
                        "Cancel it first: POST " + path(run, "cancel") + ".");
            case RunStatus.Ended it -> {
                if (run.isRollback()) {
                    yield new Ruling.Refused(
                            "A rollback is not rolled back",
                            "Run " + run.id() + " undid what an earlier one did.",
                            "Start a new run: it does again what was undone.");
                }
                yield new Ruling.Undoable();
            }
        };
    }

    private static String unfailed(Run run) {
        return run.status() instanceof Paused ? "Resume it: POST " + path(run, "resume") + "." : "Wait for its end.";
    }

    private static boolean isStreaming(Run run) {
        return run.steps().stream().anyMatch(it -> it.name().equals(STREAM) && it.startedAt() != null);
    }

    private static Ruling overtaken(Run run) {
        return new Ruling.Refused(
                "A later run is there",
                "Run " + run.id() + " is not the latest of migration '" + run.migrationId() + "'.",
                "Look at the latest: GET /api/v1/migrations/%s/runs.".formatted(run.migrationId()));
    }

    private static Ruling beingEnded(Run run) {
        String how = run.wish() == Wish.FINISH ? "finished" : "cancelled";
        return new Ruling.Refused(
                "The run is being ended", "Run " + run.id() + " is being " + how + " already.", "Wait for its end.");
    }

    private static Ruling ended(Run run, String remedy) {
        return new Ruling.Refused("The run has ended", "Run %s is %s.".formatted(run.id(), run.told()), remedy);
    }

    private static String path(Run run, String move) {
        return "/api/v1/migrations/%s/runs/%s/%s".formatted(run.migrationId(), run.id(), move);
    }
}
