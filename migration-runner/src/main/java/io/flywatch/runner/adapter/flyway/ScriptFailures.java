package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.sql.Dialect;
import io.flywatch.runner.sql.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.postgresql.util.PSQLException;

/** Says in our words what Flyway tells in its own: what happened, to what, and what to do. */
record ScriptFailures(SqlMigration migration, Dialect dialect) {

    /** The first of its kind among an exception and its causes. */
    static <T extends Throwable> Optional<T> cause(Throwable of, Class<T> kind) {
        for (Throwable it = of; it != null; it = it.getCause()) {
            if (kind.isInstance(it)) {
                return Optional.of(kind.cast(it));
            }
        }
        return Optional.empty();
    }

    /**
     * A failure while scripts were applied.
     *
     * @param remains what the script leaves behind
     */
    RunFailure of(FlywayException e, Remains remains) {
        Optional<FlywaySqlScriptException> script = cause(e, FlywaySqlScriptException.class);
        if (script.isPresent()) {
            return inScript(script.get(), remains);
        }
        if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return new RunFailure(
                    FailureType.LEDGER,
                    "The schema has tables but no history '%s', so nobody knows which scripts were applied. Say which version it has, in the file: baseline: \"1\"."
                            .formatted(migration.history().table()),
                    e);
        }
        if (e instanceof FlywayMigrateException failed) {
            return new RunFailure(
                    FailureType.LEDGER,
                    firstLine(failed) + " Undo what is in effect of it, and remove the entry: POST /api/v1/migrations/"
                            + migration.id() + "/repair.",
                    e);
        }
        FailureType type = e.getErrorCode() == CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION
                        || e.getErrorCode() == CoreErrorCode.DUPLICATE_REPEATABLE_MIGRATION
                ? FailureType.DECLARATION
                : FailureType.REFUSED;
        return new RunFailure(type, oneLine(e) + " Correct the scripts or the declaration and start a new run.", e);
    }

    private RunFailure inScript(FlywaySqlScriptException e, Remains remains) {
        SQLException cause = cause(e, SQLException.class).orElseGet(SQLException::new);
        Statement statement = new Statement(e.getStatement());
        String name = e.getResource() == null ? "a script" : e.getResource().getRelativePath();
        String message = "%s, line %d: the server says %s (SQLSTATE %s%s). The statement: %s. %s"
                .formatted(
                        name,
                        e.getLineNumber() + linesBefore(cause, e.getStatement()),
                        String.valueOf(cause.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")
                                .replaceAll("^\\(conn=\\d+\\) ", "")
                                .replaceAll("^ERROR: ", "")
                                .replaceAll("\\.$", ""),
                        cause.getSQLState(),
                        cause.getErrorCode() == 0 ? "" : ", code " + cause.getErrorCode(),
                        statement.shown(),
                        remedy(remains));
        return new RunFailure(FailureType.REFUSED, message, e);
    }

    /** The same failure, with what is to be done about the script that was cancelled. */
    RunFailure withRemedy(RunFailure failure, Remains remains) {
        return failure.type() == FailureType.BLOCKING
                ? new RunFailure(failure.type(), failure.text() + " " + remedy(remains), failure)
                : failure;
    }

    private String remedy(Remains remains) {
        if (remains == Remains.NOTHING && dialect == Dialect.POSTGRESQL) {
            return "Nothing of the script is in effect: correct it and start a new run.";
        }
        String left = switch (remains) {
            case NOTHING -> "Nothing of the script is in effect: correct it,";
            case ENTRY ->
                "Nothing before this statement is in effect: look whether it left something behind, such as an invalid index, correct the script,";
            case STATEMENTS -> "What the script did before is in effect: undo it, correct the script,";
        };
        return left + " and remove Flyway's entry of the failure: POST /api/v1/migrations/" + migration.id()
                + "/repair.";
    }

    /** PostgreSQL tells at which character of the statement it stumbled. */
    private static int linesBefore(SQLException e, String statement) {
        if (e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            int position = postgres.getServerErrorMessage().getPosition();
            int end = Math.min(Math.max(0, position - 1), statement.length());
            return (int)
                    statement.substring(0, end).chars().filter(it -> it == '\n').count();
        }
        return 0;
    }

    /** What validation found; empty if nothing. */
    Optional<RunFailure> of(ValidateResult result) {
        if (result.validationSuccessful) {
            return Optional.empty();
        }
        List<ValidateOutput> invalid = result.invalidMigrations == null ? List.of() : result.invalidMigrations;
        if (invalid.isEmpty()) {
            return Optional.of(new RunFailure(FailureType.LEDGER, String.valueOf(result.getAllErrorMessages())));
        }
        return Optional.of(new RunFailure(
                FailureType.LEDGER, invalid.stream().map(this::told).collect(Collectors.joining(" "))));
    }

    private String told(ValidateOutput invalid) {
        String what = invalid.version == null || invalid.version.isEmpty()
                ? "The repeatable script '" + invalid.description + "'"
                : "Version " + invalid.version + " (" + invalid.description + ")";
        String repair = "POST /api/v1/migrations/" + migration.id() + "/repair";
        return switch ((CoreErrorCode) invalid.errorDetails.errorCode) {
            case CHECKSUM_MISMATCH ->
                what
                        + " was edited after it was applied. Put its text back and write what is to change into a new script;"
                        + " or, if nothing but its wording changed, take the new text as applied: " + repair + ".";
            case FAILED_VERSIONED_MIGRATION, FAILED_REPEATABLE_MIGRATION ->
                what + " failed earlier, and parts of it may be in effect. Undo them, and remove the entry: " + repair
                        + ".";
            case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ->
                what
                        + " was applied, but its script is not there any more. Put it back, or take it out of the history: "
                        + repair + ".";
            case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED ->
                what + " is not applied, but later versions are. Give it a higher version, or write outOfOrder: true.";
            default -> what + ": " + firstSentence(invalid.errorDetails.errorMessage);
        };
    }

    private static String firstSentence(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private static String firstLine(FlywayException e) {
        return firstSentence(String.valueOf(e.getMessage()));
    }

    private static String oneLine(FlywayException e) {
        String text =
                String.valueOf(e.getMessage()).replaceAll("\\s*\\n\\s*", " ").strip();
        String told = text.toLowerCase(Locale.ROOT).contains("-x") ? firstLine(e) : text;
        return told.endsWith(".") || told.endsWith("!") ? told : told + ".";
    }
}
