package io.flywatch.runner.adapter.flyway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.TestMetrics;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.sql.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A database of its own, a folder of scripts, and runs of them. */
final class ScriptBench {
    final SqlTarget target;
    final Path folder;
    SqlMigration migration;

    ScriptBench(Dialect dialect, String url, String user, String password, Path folder) {
        Properties credentials = new Properties();
        credentials.put("user", user);
        credentials.put("password", password);
        this.target = new SqlTarget("target", dialect, url, credentials);
        this.folder = folder;
        this.migration = migration(Map.of(), null, false, BlockingPolicy.DEFAULT);
    }

    static SqlMigration migration(
            Map<String, String> placeholders, @Nullable String baseline, boolean outOfOrder, BlockingPolicy blocking) {
        return new SqlMigration(
                "m",
                "",
                "target",
                new SqlMigration.Scripts(List.of("scripts"), StandardCharsets.UTF_8, placeholders),
                new SqlMigration.History(null, "flyway_schema_history", null, baseline, outOfOrder),
                blocking);
    }

    ScriptBench script(String name, String text) {
        return script(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ScriptBench script(String name, byte[] text) {
        try {
            Files.createDirectories(folder.resolve("scripts"));
            Files.write(folder.resolve("scripts").resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScriptRun.Tools tools() {
        return new ScriptRun.Tools(folder, Duration.ofSeconds(10), TestMetrics.fresh(), new ObjectMapper());
    }

    MemoryJournal journal() {
        return new MemoryJournal(UUID.randomUUID().toString(), ScriptFiles.names(migration, folder));
    }

    Outcome run() {
        return run(journal());
    }

    Outcome run(Journal journal) {
        return new ScriptRun(migration, target, journal, tools()).work();
    }

    /** A run on a thread of its own. */
    CompletableFuture<Outcome> start(Journal journal) {
        return CompletableFuture.supplyAsync(
                () -> run(journal),
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    }

    /** Why a run fails. */
    Failure failure() {
        return ((Outcome.Broken) run()).failure();
    }

    /** Why a run can't begin. */
    RunFailure refusal() {
        try {
            FlywayEngine.check(migration, target, tools());
        } catch (RunFailure e) {
            return e;
        }
        throw new AssertionError("nothing is refused");
    }

    Connection connect() throws SQLException {
        return target.connect(Duration.ofSeconds(10));
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
