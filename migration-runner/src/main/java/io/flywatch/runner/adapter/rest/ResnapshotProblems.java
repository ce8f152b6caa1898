package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import java.util.Locale;

/** Why a snapshot of tables is refused. */
final class ResnapshotProblems {
    private ResnapshotProblems() {}

    static ProblemException notStreaming(Run run) {
        return problem(
                409,
                "No stream to read tables beside",
                "Run %s of kind %s is %s%s."
                        .formatted(
                                run.id(),
                                run.kind().name().toLowerCase(Locale.ROOT),
                                run.told(),
                                run.status() instanceof RunStatus.Running
                                        ? ", and its first snapshot is not complete"
                                        : ", and has no stream of changes now"),
                "Ask while a replication runs whose first snapshot is complete; a paused one is to be resumed first.");
    }

    static ProblemException underWay(Run run, Resnapshot other) {
        return problem(
                409,
                "A snapshot is under way",
                "Snapshot %s of %s was asked for at %s by %s and has not ended."
                        .formatted(other.id(), String.join(", ", other.tables()), other.askedAt(), other.askedBy()),
                "Wait for it, or stop it: POST /api/v1/migrations/%s/runs/%s/snapshots/%s/stop."
                        .formatted(run.migrationId(), run.id(), other.id()));
    }

    static ProblemException unsignalled(Run run, String why) {
        return problem(
                409,
                "The connector can't be told",
                "The connector of run %s can't be told to read tables anew: %s.".formatted(run.id(), why),
                "It is told in a table of the schema flywatch at the source, which is made when a run begins: allow that (see"
                        + " docs/configuration.md) and start a new run, which takes a whole snapshot.");
    }

    static ProblemException malformed(String why) {
        return problem(
                422,
                "Not to be read",
                why,
                "Name tables as schema.table as the run does, and conditions as SQL that may stand behind where.");
    }

    static ProblemException unknown(Run run, String id) {
        return problem(
                404,
                "Unknown snapshot",
                "Run %s has no snapshot '%s'.".formatted(run.id(), id),
                "See GET /api/v1/migrations/%s/runs/%s/snapshots.".formatted(run.migrationId(), run.id()));
    }

    static ProblemException ended(Resnapshot snapshot) {
        return problem(
                409,
                "The snapshot has ended",
                "Snapshot %s has ended%s."
                        .formatted(
                                snapshot.id(),
                                snapshot.end() == null
                                        ? " with its run"
                                        : ": " + snapshot.end().outcome().name().toLowerCase(Locale.ROOT)),
                "Ask for a new one.");
    }

    private static ProblemException problem(int status, String title, String detail, String remedy) {
        return new ProblemException(Problem.of(status, title, detail, remedy));
    }
}
