package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.sql.Dialect;
import io.flywatch.runner.sql.HeavyLocks;
import io.flywatch.runner.sql.ScriptText;
import io.flywatch.runner.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run of scripts would do: found out from the history and from the scripts' words, without changing anything. */
record ScriptPlan(SqlMigration migration, SqlTarget target, ScriptRun.Tools tools) {

    DryRun find() {
        List<String> refusals = new ArrayList<>();
        try {
            FlywayEngine.check(migration, target, tools);
        } catch (RunFailure e) {
            if (e.type() == FailureType.TARGET) {
                throw e;
            }
            refusals.add(e.text());
        }
        List<DryRun.Step> steps = new ArrayList<>();
        for (String script : pending(refusals)) {
            steps.add(step(steps.size() + 1, script));
        }
        String locks = target.dialect() == Dialect.POSTGRESQL
                ? "Warnings of locks go by the statements' words, not by the size of the tables."
                : "Locks are judged for PostgreSQL only.";
        return new DryRun(steps, refusals, List.of(locks));
    }

    private List<String> pending(List<String> refusals) {
        try {
            return FlywayEngine.ask(migration, target, tools, Scripts::pending);
        } catch (RunFailure e) {
            if (!refusals.contains(e.text())) {
                refusals.add(e.text());
            }
            return List.of();
        }
    }

    private DryRun.Step step(int index, String script) {
        List<Statement> statements = ScriptText.statements(text(script));
        String first = statements.isEmpty() ? "" : ": " + statements.getFirst().shown();
        String would = statements.size() == 1
                ? "1 statement" + first
                : "%d statements, the first%s".formatted(statements.size(), first);
        List<String> warnings = target.dialect() == Dialect.POSTGRESQL ? HeavyLocks.of(statements) : List.of();
        return new DryRun.Step(index, script, DryRun.State.OPEN, would, null, null, warnings);
    }

    private String text(String script) {
        for (String location : migration.scripts().locations()) {
            Path file = tools.folder().resolve(location).resolve(script);
            try {
                if (Files.exists(file)) {
                    return Files.readString(file, migration.scripts().encoding());
                }
            } catch (IOException e) {
                return ""; // what is wrong with it stands among the refusals
            }
        }
        return "";
    }
}
