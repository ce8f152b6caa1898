package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** A MySQL or MariaDB source, asked within one connection. */
final class MySqlSource {
    private static final String TABLES = """
            select concat(t.table_schema, '.', t.table_name), coalesce(t.table_rows, 0), k.column_name
              from information_schema.tables t
              left join information_schema.key_column_usage k
                on k.table_schema = t.table_schema and k.table_name = t.table_name and k.constraint_name = 'PRIMARY'
             where t.table_type = 'BASE TABLE'
               and t.table_schema not in ('mysql', 'sys', 'information_schema', 'performance_schema', 'flywatch')
               and (? = '' or t.table_schema = ?)
             order by 1, k.ordinal_position
            """;

    private static final Map<String, String> WANTED =
            new TreeMap<>(Map.of("log_bin", "ON", "binlog_format", "ROW", "binlog_row_image", "FULL"));

    private final String name;
    private final Connection connection;

    MySqlSource(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Throws if the server does not log what a stream of changes needs. */
    void server() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "show global variables where variable_name in ('log_bin', 'binlog_format', 'binlog_row_image',"
                                + " 'binlog_transaction_compression')")) {
            while (rows.next()) {
                settings.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
            }
        }
        fault(settings).ifPresent(fault -> {
            throw notReady(fault);
        });
        String grants = grants();
        boolean all = grants.contains("GRANT ALL PRIVILEGES ON *.*");
        boolean client = grants.contains("REPLICATION CLIENT") || grants.contains("BINLOG MONITOR");
        if (!all && !(grants.contains("REPLICATION SLAVE") && client)) {
            throw notReady(
                    "does not let its user replicate. Run: GRANT SELECT, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT,"
                            + " LOCK TABLES ON *.* TO that user.");
        }
    }

    /** Why a server of these settings can't be a source; empty if it can. A setting that it does not know is not there. */
    static Optional<String> fault(Map<String, String> settings) {
        for (Map.Entry<String, String> wanted : WANTED.entrySet()) {
            String found = settings.getOrDefault(wanted.getKey(), "nothing");
            if (!found.equalsIgnoreCase(wanted.getValue())) {
                return Optional.of("has %s=%s. Set %s=%s in its configuration and restart it."
                        .formatted(wanted.getKey(), found, wanted.getKey().replace('_', '-'), wanted.getValue()));
            }
        }
        if ("ON".equalsIgnoreCase(settings.get("binlog_transaction_compression"))) {
            return Optional.of(
                    "compresses its transactions (binlog_transaction_compression=ON): all changes of one have one place"
                            + " in the log then, and can't be told from repeated ones. Run: SET PERSIST binlog_transaction_compression = OFF"
                            + " and let its sessions connect anew.");
        }
        return Optional.empty();
    }

    private String grants() throws SQLException {
        StringBuilder grants = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show grants")) {
            while (rows.next()) {
                grants.append(rows.getString(1)).append('\n');
            }
        }
        return grants.toString();
    }

    /** The tables that the migration names, or all that have a key. */
    List<SourceTable> tables(ReplicationMigration migration, String database) throws SQLException {
        List<SourceTable> all = all(database);
        List<String> wanted = migration.source().tables();
        if (wanted.contains(ReplicationMigration.EVERY_TABLE)) {
            List<SourceTable> keyed =
                    all.stream().filter(it -> !it.keyColumns().isEmpty()).toList();
            if (keyed.isEmpty()) {
                throw table("has no table with a primary key that its user may read.");
            }
            return keyed;
        }
        List<SourceTable> found =
                all.stream().filter(it -> wanted.contains(it.name())).toList();
        TreeSet<String> missing = new TreeSet<>(wanted);
        found.forEach(it -> missing.remove(it.name()));
        if (!missing.isEmpty()) {
            throw table("has no table %s, or its user may not read it. Correct source.tables: they are database.table."
                    .formatted(String.join(", ", missing)));
        }
        List<String> keyless = found.stream()
                .filter(it -> it.keyColumns().isEmpty())
                .map(SourceTable::name)
                .toList();
        if (!keyless.isEmpty()) {
            throw table("has a table that can't be taken: %s has no primary key: add one, or leave the table out."
                    .formatted(String.join(", ", keyless)));
        }
        return found;
    }

    private List<SourceTable> all(String database) throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Map<String, Long> estimates = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, database);
            statement.setString(2, database);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                estimates.put(rows.getString(1), rows.getLong(2));
                List<String> key = keys.computeIfAbsent(rows.getString(1), table -> new ArrayList<>());
                if (rows.getString(3) != null) {
                    key.add(rows.getString(3));
                }
            }
        }
        return keys.entrySet().stream()
                .map(it -> new SourceTable(
                        it.getKey(), false, it.getValue(), true, true, estimates.getOrDefault(it.getKey(), 0L)))
                .toList();
    }

    /** Counts a table; empty if that takes too long. */
    OptionalLong count(String table, int seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            ResultSet rows = statement.executeQuery("select count(*) from " + quoted(table));
            rows.next();
            return OptionalLong.of(rows.getLong(1));
        } catch (java.sql.SQLTimeoutException tooLong) {
            return OptionalLong.empty();
        }
    }

    static String quoted(String table) {
        return "`" + table.replace("`", "``").replaceFirst("\\.", "`.`") + "`";
    }

    boolean hasHeartbeat() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from information_schema.tables"
                        + " where table_schema = 'flywatch' and table_name = 'heartbeat'")) {
            return rows.next();
        }
    }

    void createHeartbeat() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database if not exists flywatch");
            statement.execute("create table if not exists " + Names.HEARTBEAT_TABLE
                    + " (id integer primary key, beat_at datetime(6) not null, beat bigint not null) engine = InnoDB");
        }
    }

    void dropHeartbeat() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists " + Names.HEARTBEAT_TABLE);
        }
    }

    private RunFailure notReady(String what) {
        return new RunFailure(FailureType.SOURCE_NOT_READY, "The source '" + name + "' " + what);
    }

    private RunFailure table(String what) {
        return new RunFailure(FailureType.SOURCE_TABLE, "The source '" + name + "' " + what);
    }
}
