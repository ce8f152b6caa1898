package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.SourceSignals;
import io.flywatch.runner.SourceSystem;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Plan;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** SQL sources: checked, measured, given a heartbeat table, and left as they were. */
@Singleton
public final class SourceDatabase implements SourceSystem {
    private static final int COUNT_SECONDS = 5;

    private final Connections connections;
    private final RunnerConfig config;

    SourceDatabase(Connections connections, RunnerConfig config) {
        this.connections = connections;
        this.config = config;
    }

    @Override
    public boolean takes(String url) {
        return url.startsWith(SourceConnection.PREFIX);
    }

    @Override
    public List<Plan.Table> check(ReplicationMigration migration) {
        SourceUrl source = url(migration.source().connection());
        String targetUrl =
                connections.named(migration.target().connection(), "").url();
        return ask(migration, connection -> {
            List<SourceTable> tables =
                    source.isMySql() ? mySqlTables(migration, connection) : postgresTables(migration, connection);
            boolean qualified = targetUrl.startsWith("jdbc:postgresql:") && !source.isMySql();
            Map<String, String> targets =
                    Plan.targets(tables.stream().map(SourceTable::name).toList(), qualified);
            MappingCheck mapping = new MappingCheck(connection, source.isMySql(), targetUrl.startsWith("mongodb"));
            mapping.check(migration, tables);
            mapping.targets(migration, targets);
            return tables.stream()
                    .map(it -> new Plan.Table(
                            it.name(),
                            targets.getOrDefault(it.name(), it.name()),
                            it.keyColumns(),
                            it.estimate(),
                            false,
                            it.generatedColumns()))
                    .toList();
        });
    }

    private static List<SourceTable> postgresTables(ReplicationMigration migration, Connection connection)
            throws SQLException {
        SourceCheck check = new SourceCheck(migration.source().connection(), new SourceCatalogue(connection));
        check.server(Names.slot(migration.id()));
        List<SourceTable> tables = check.tables(migration);
        check.publication(Names.slot(migration.id()), tables);
        check.largeValues(tables);
        return tables;
    }

    private List<SourceTable> mySqlTables(ReplicationMigration migration, Connection connection) throws SQLException {
        MySqlSource source = new MySqlSource(migration.source().connection(), connection);
        source.server();
        return source.tables(migration, url(migration.source().connection()).database());
    }

    private SourceUrl url(String connection) {
        return SourceUrl.of(
                connections.named(connection, SourceConnection.PREFIX).url());
    }

    private MySqlSource mySql(ReplicationMigration migration, Connection connection) {
        return new MySqlSource(migration.source().connection(), connection);
    }

    private boolean isMySql(ReplicationMigration migration) {
        return url(migration.source().connection()).isMySql();
    }

    @Override
    public List<Plan.Table> measure(ReplicationMigration migration, List<Plan.Table> tables) {
        return ask(migration, connection -> {
            List<Plan.Table> measured = new ArrayList<>();
            for (Plan.Table table : tables) {
                OptionalLong count = table.rows() > config.countUpTo()
                        ? OptionalLong.empty()
                        : isMySql(migration)
                                ? mySql(migration, connection).count(table.source(), COUNT_SECONDS)
                                : new SourceCatalogue(connection).count(table.source(), COUNT_SECONDS);
                measured.add(table.counting(count.orElse(table.rows()), count.isPresent()));
            }
            return measured;
        });
    }

    @Override
    public boolean hasHeartbeat(ReplicationMigration migration) {
        return ask(migration, connection -> {
            if (isMySql(migration)) {
                return mySql(migration, connection).hasHeartbeat();
            }
            try (Statement statement = connection.createStatement();
                    var rows =
                            statement.executeQuery("select to_regclass('" + Names.HEARTBEAT_TABLE + "') is not null")) {
                return rows.next() && rows.getBoolean(1);
            }
        });
    }

    @Override
    public Optional<String> createHeartbeat(ReplicationMigration migration) {
        return ask(migration, connection -> {
            try (Statement statement = connection.createStatement()) {
                if (isMySql(migration)) {
                    mySql(migration, connection).createHeartbeat();
                    return Optional.empty();
                }
                statement.execute("create schema if not exists flywatch");
                statement.execute("create table if not exists " + Names.HEARTBEAT_TABLE
                        + " (id integer primary key, beat_at timestamptz not null, beat bigint not null)");
                return Optional.empty();
            } catch (SQLException e) {
                if ("42501".equals(e.getSQLState())
                        || String.valueOf(e.getSQLState()).startsWith("42000")) {
                    return Optional.of(SourceConnection.message(e));
                }
                throw e;
            }
        });
    }

    @Override
    public SourceSignals signals(ReplicationMigration migration) {
        return new SqlSignals(
                new SqlSignals.Source() {
                    @Override
                    public <T> T ask(SqlSignals.Question<T> question) {
                        return SourceDatabase.this.ask(migration, question);
                    }
                },
                migration.id(),
                isMySql(migration));
    }

    @Override
    public Instant fence(ReplicationMigration migration) {
        boolean beats = migration.source().heartbeat() == Heartbeat.TABLE && hasHeartbeat(migration);
        boolean mySql = isMySql(migration);
        String clock = mySql ? "utc_timestamp(6)" : "(clock_timestamp() at time zone 'UTC')";
        String again = mySql
                ? " on duplicate key update beat_at = utc_timestamp(6), beat = beat + 1"
                : " on conflict (id) do update set beat_at = excluded.beat_at, beat = heartbeat.beat + 1";
        return ask(migration, connection -> {
            try (Statement statement = connection.createStatement()) {
                if (beats) {
                    statement.execute("insert into " + Names.HEARTBEAT_TABLE + " (id, beat_at, beat) values (2, "
                            + (mySql ? clock : "clock_timestamp()") + ", 1)" + again);
                }
                try (var rows = statement.executeQuery("select " + clock)) {
                    rows.next();
                    return rows.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
                }
            }
        });
    }

    @Override
    public Optional<String> clean(ReplicationMigration migration, boolean heartbeatToo) {
        String slot = Names.slot(migration.id());
        return ask(migration, connection -> {
            if (isMySql(migration)) {
                try (Statement statement = connection.createStatement()) {
                    SqlSignals.drop(statement, migration.id());
                }
                if (heartbeatToo) {
                    mySql(migration, connection).dropHeartbeat();
                }
                return Optional.empty();
            }
            SourceCatalogue catalogue = new SourceCatalogue(connection);
            String state = catalogue.slot(slot);
            if (state.equals("active")) {
                return Optional.of("the replication slot " + slot + " is still being read");
            }
            boolean published = catalogue.hasPublication(slot);
            try (Statement statement = connection.createStatement()) {
                if (state.equals("inactive")) {
                    statement.execute("select pg_drop_replication_slot('" + slot + "')");
                }
                statement.execute("drop publication if exists " + slot);
                SqlSignals.drop(statement, migration.id());
                if (heartbeatToo) {
                    dropHeartbeat(statement);
                }
            }
            return published || !state.isEmpty()
                    ? Optional.of("slot and publication were just dropped")
                    : Optional.empty();
        });
    }

    private static void dropHeartbeat(Statement statement) throws SQLException {
        try (var others = statement.executeQuery(
                "select 1 from pg_publication_tables where schemaname = 'flywatch' and tablename = 'heartbeat'")) {
            if (others.next()) {
                return;
            }
        }
        statement.execute("drop table if exists " + Names.HEARTBEAT_TABLE);
        statement.execute("do $$ begin drop schema if exists flywatch;"
                + " exception when dependent_objects_still_exist then null; end $$");
    }

    private <T> T ask(ReplicationMigration migration, SqlSignals.Question<T> question) {
        String name = migration.source().connection();
        try (Connection connection = SourceConnection.open(name, connections, config.checkTimeout())) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw SourceConnection.failure(
                    name, connections.named(name, SourceConnection.PREFIX).url(), e);
        }
    }
}
