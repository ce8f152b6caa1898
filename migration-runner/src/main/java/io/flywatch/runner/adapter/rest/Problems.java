package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.run.Ruling;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import java.util.List;
import java.util.Locale;

/** Refusals as problem details. */
final class Problems {
    private static final int LONGEST_SHOWN = 80;

    private Problems() {}

    static ProblemException unknown(String id, List<String> declared) {
        return problem(
                404,
                "Unknown migration",
                "There is no migration '%s'. Declared are: %s."
                        .formatted(id, declared.isEmpty() ? "none" : String.join(", ", declared)),
                "Correct the id, or put a file that declares it into the folder of flywatch.migrations.location.");
    }

    static ProblemException missing(String id, Declarations declarations) {
        List<Flaw> flaws = declarations.flawsOf(id);
        return flaws.isEmpty() ? unknown(id, declarations.ids()) : malformed(id, flaws);
    }

    static ProblemException malformed(String id, List<Flaw> flaws) {
        return new ProblemException(Problem.of(
                422,
                "Malformed declaration",
                "The file of migration '%s' is wrong: %s"
                        .formatted(id, flaws.getFirst().text()),
                "Correct the file; it is read anew at the next request.",
                flaws.stream().map(Flaw::text).toList()));
    }

    static ProblemException busy(Run run) {
        return problem(
                409,
                "A run is active",
                "Run %s of migration '%s' is %s.".formatted(run.id(), run.migrationId(), run.told()),
                "Wait for its end, or cancel it: POST /api/v1/migrations/%s/runs/%s/cancel."
                        .formatted(run.migrationId(), run.id()));
    }

    static ProblemException impossible(RunFailure why) {
        int status = switch (why.type()) {
            case SOURCE_UNREACHABLE, KAFKA_CONNECT, KAFKA, TARGET -> 503;
            case LEDGER, LEASE -> 409;
            case CONFIGURATION,
                    DECLARATION,
                    SOURCE_CREDENTIALS,
                    SOURCE_NOT_READY,
                    SOURCE_TABLE,
                    CONNECTOR_FAILED,
                    REFUSED,
                    EXPECTATION,
                    UNSUPPORTED,
                    BLOCKING,
                    REPORTED,
                    SILENT,
                    INTERNAL -> 422;
        };
        return problem(
                status, "The run can't begin", why.text(), "Nothing was changed. Remove the cause and try again.");
    }

    static ProblemException noRun(String migrationId, String runId) {
        return problem(
                404,
                "Unknown run",
                "Migration '%s' has no run '%s'.".formatted(migrationId, runId),
                "See GET /api/v1/migrations/%s/runs.".formatted(migrationId));
    }

    static ProblemException refused(Ruling.Refused refused) {
        return problem(409, refused.title(), refused.why(), refused.remedy());
    }

    static ProblemException tooManyWaiting(int most) {
        return problem(
                503,
                "Too many wait",
                "There are %d callers that wait for gates already.".formatted(most),
                "Ask without wait, and again after a while.");
    }

    static ProblemException notStreaming(Run run) {
        return problem(
                409,
                "No stream to fence",
                "Run %s of kind %s is %s, and has no stream of changes now."
                        .formatted(run.id(), run.kind().name().toLowerCase(Locale.ROOT), run.told()),
                "A fence is set on a running replication whose snapshot is complete.");
    }

    static ProblemException misusedKey(Run run) {
        return problem(
                422,
                "The Idempotency-Key was used before",
                "With this key run %s was started, which does something else.".formatted(run.id()),
                "Send a key of its own with each thing that you ask for.");
    }

    static ProblemException notFinished(Run run, List<String> reasons) {
        return new ProblemException(Problem.of(
                409,
                "Not to be finished yet",
                "Run %s can't be finished: %s".formatted(run.id(), String.join(" ", reasons)),
                "Stop the writers at the source and wait; an admin may insist with ?force=true.",
                reasons));
    }

    static ProblemException badReport(String why) {
        return problem(
                400,
                "Malformed report",
                why,
                "Send JSON, e.g. {\"rows\": 1200, \"total\": 5000} or {\"tables\": [{\"table\": \"orders\", \"rows\": 1200}], \"errors\": 0}"
                        + " for progress and {\"outcome\": \"succeeded\"} for the end.");
    }

    static ProblemException contradiction(Run run, String why) {
        return problem(
                409,
                "The report contradicts an earlier one",
                "The report for run %s is not taken: %s".formatted(run.id(), why),
                "Send counts since the run began, not increments. A tool that began anew says \"restarted\": true.");
    }

    static ProblemException toolEnded(Run run) {
        return problem(
                409,
                "The run has ended",
                "Run %s has ended, or its tool has said that it ended.".formatted(run.id()),
                "Start a new run for new work.");
    }

    static ProblemException noScripts(String id) {
        return problem(
                422,
                "Nothing to repair",
                "Migration '%s' has no scripts, so it has no history of Flyway's.".formatted(id),
                "Repair only migrations of the kind sql.");
    }

    static ProblemException noTool(Run run) {
        return problem(
                409,
                "Not an external run",
                "Run %s is done by Flywatch, which knows by itself how far it is.".formatted(run.id()),
                "Report only on runs of migrations of the kind external.");
    }

    static ProblemException forbidden(String what) {
        return problem(403, "Not allowed", what + " needs the role admin.", "Ask an admin.");
    }

    static ProblemException badParameter(String name, String value, String remedy) {
        String shown = value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
        return problem(400, "Malformed parameter", "'%s' is not allowed for %s.".formatted(shown, name), remedy);
    }

    private static ProblemException problem(int status, String title, String detail, String remedy) {
        return new ProblemException(Problem.of(status, title, detail, remedy));
    }
}
