package io.flywatch.runner.adapter.flyway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.sql.Statement;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;

/** Runs SQL scripts by Flyway. Flyway's history and its lock are the truth; a run only tells what they say. */
@Singleton
final class FlywayEngine implements Engine<SqlMigration> {
    private final Connections connections;
    private final ScriptRun.Tools tools;

    FlywayEngine(Connections connections, RunnerConfig config, RunnerMetrics metrics, ObjectMapper json) {
        this.connections = connections;
        this.tools = new ScriptRun.Tools(config.location(), config.checkTimeout(), metrics, json);
    }

    /** The pending scripts; all of them, if the database can't tell now. Why it can't is told by the run. */
    @Override
    public List<String> steps(SqlMigration migration) {
        try {
            return ask(migration, target(migration), tools, Scripts::pending);
        } catch (RunFailure e) {
            return ScriptFiles.names(migration, tools.folder());
        }
    }

    @Override
    public void check(SqlMigration migration) {
        check(migration, target(migration), tools);
    }

    static void check(SqlMigration migration, SqlTarget target, ScriptRun.Tools tools) {
        ScriptFiles.checkEncoding(migration, tools.folder());
        Optional<RunFailure> invalid = ask(
                migration,
                target,
                tools,
                scripts -> new ScriptFailures(migration, target.dialect())
                        .of(scripts.flyway().validateWithResult()));
        invalid.ifPresent(it -> {
            throw it;
        });
    }

    @Override
    public Outcome work(SqlMigration migration, Journal journal) {
        return new ScriptRun(migration, target(migration), journal, tools).work();
    }

    @Override
    public DryRun dryRun(SqlMigration migration) {
        return new ScriptPlan(migration, target(migration), tools).find();
    }

    private SqlTarget target(SqlMigration migration) {
        return SqlTarget.of(migration.connection(), connections);
    }

    /** Asks Flyway something that takes a moment; nothing is changed by it. */
    static <T> T ask(SqlMigration migration, SqlTarget target, ScriptRun.Tools tools, Function<Scripts, T> question) {
        try (OneConnection connection = new OneConnection(target, tools.timeout(), "flywatch-ask", new Nobody())) {
            connection.physical();
            return question.apply(Scripts.of(migration, tools.folder(), connection));
        } catch (SQLException e) {
            throw target.failure(e);
        } catch (FlywayException e) {
            throw new ScriptFailures(migration, target.dialect()).of(e, Remains.NOTHING);
        }
    }

    /** Nobody wants to know of the statements of a question. */
    private record Nobody() implements StatementListener {
        @Override
        public void before(Statement statement, boolean alone) {}

        @Override
        public void after(Statement statement, boolean alone) {}

        @Override
        public void changed(Statement statement, long rows) {}
    }
}
