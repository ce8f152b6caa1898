package io.flywatch.runner.adapter.flyway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.migration.SqlMigration;
import jakarta.inject.Singleton;
import java.util.List;
import org.flywaydb.core.api.output.RepairOutput;
import org.flywaydb.core.api.output.RepairResult;

/** Brings Flyway's history in accord with the scripts, after a person has brought the database in accord with them. */
@Singleton
public final class Repairs {
    private final Connections connections;
    private final ScriptRun.Tools tools;

    Repairs(Connections connections, RunnerConfig config, RunnerMetrics metrics, ObjectMapper json) {
        this.connections = connections;
        this.tools = new ScriptRun.Tools(config.location(), config.checkTimeout(), metrics, json);
    }

    /**
     * What was changed in the history.
     *
     * @param removed failed entries that are gone
     * @param accepted scripts that were edited after they were applied, and whose new text counts as applied
     * @param markedDeleted scripts that were applied and are not there any more
     */
    public record Repaired(List<String> removed, List<String> accepted, List<String> markedDeleted) {}

    /** Repairs the history; the tables are not touched. Throws {@link io.flywatch.runner.run.RunFailure} if it can't. */
    public Repaired repair(SqlMigration migration) {
        SqlTarget target = SqlTarget.of(migration.connection(), connections);
        RepairResult result = FlywayEngine.ask(
                migration, target, tools, scripts -> scripts.flyway().repair());
        return new Repaired(
                told(result.migrationsRemoved), told(result.migrationsAligned), told(result.migrationsDeleted));
    }

    private static List<String> told(List<RepairOutput> entries) {
        return entries.stream()
                .map(it ->
                        it.version == null || it.version.isEmpty() ? it.description : it.version + " " + it.description)
                .toList();
    }
}
