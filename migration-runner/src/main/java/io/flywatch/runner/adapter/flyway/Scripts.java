package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.migration.SqlMigration;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway, set up as a migration declares it. */
record Scripts(Flyway flyway) {

    /** For ever: whoever holds the lock of the history is shown meanwhile. */
    private static final int NO_LIMIT = -1;

    /**
     * Sets it up.
     *
     * @param folder what the migration's locations are relative to
     */
    static Scripts of(SqlMigration migration, Path folder, DataSource connections, Callback... callbacks) {
        SqlMigration.History history = migration.history();
        FluentConfiguration flyway = Flyway.configure(Scripts.class.getClassLoader())
                .dataSource(connections)
                .locations(migration.scripts().locations().stream()
                        .map(it -> "filesystem:"
                                + folder.resolve(it).toAbsolutePath().normalize())
                        .toArray(String[]::new))
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .encoding(migration.scripts().encoding())
                .placeholders(migration.scripts().placeholders())
                .table(history.table())
                .outOfOrder(history.outOfOrder())
                .ignoreMigrationPatterns("*:pending", "*:future")
                .lockRetryCount(NO_LIMIT)
                .connectRetries(0)
                .cleanDisabled(true)
                .outputQueryResults(false)
                .callbacks(callbacks);
        if (history.schema() != null) {
            flyway.schemas(history.schema()).defaultSchema(history.schema());
        }
        if (history.target() != null) {
            flyway.target(history.target());
        }
        if (history.baseline() != null) {
            flyway.baselineOnMigrate(true).baselineVersion(history.baseline());
        }
        // A lock by transaction holds one open beside the scripts', for which CREATE INDEX CONCURRENTLY waits for ever;
        // and a lock by session lets Flyway write script and history in one transaction.
        flyway.getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return new Scripts(flyway.load());
    }

    /** The names of the scripts that are to be applied, in order. */
    List<String> pending() {
        return Arrays.stream(flyway.info().pending())
                .map(MigrationInfo::getScript)
                .toList();
    }

    /** The names of the scripts that the history knows as applied. */
    List<String> applied() {
        return Arrays.stream(flyway.info().applied())
                .filter(it -> !it.getState().isFailed() && it.getState() != MigrationState.OUTDATED)
                .map(MigrationInfo::getScript)
                .toList();
    }
}
