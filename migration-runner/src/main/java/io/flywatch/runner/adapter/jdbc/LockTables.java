package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.blocking.TableLock;
import io.flywatch.runner.blocking.TableLock.Mode;
import io.flywatch.runner.blocking.TableLocks;
import io.flywatch.runner.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where MySQL and MariaDB tell who has and who waits for locks of tables' definitions: {@code performance_schema.metadata_locks}, which
 * {@code sys.schema_table_lock_waits} is made of; or the holders alone, from MariaDB's plugin {@code METADATA_LOCK_INFO}. What is
 * there is found out by asking.
 */
record LockTables(Connection connection) {
    /** No such database, table, column or variable; no right to read it. */
    private static final Set<Integer> NOT_TOLD = Set.of(1044, 1049, 1054, 1109, 1142, 1143, 1146, 1193, 1227);

    private static final String INSTRUMENT = """
            select i.enabled from performance_schema.setup_instruments i
            where i.name = 'wait/lock/metadata/sql/mdl' and @@performance_schema""";

    private static final String LOCKS = """
            select t.processlist_id as session, l.object_schema as db, l.object_name as name, l.lock_type as mode,
              l.lock_status = 'GRANTED' as held
            from performance_schema.metadata_locks l
            join performance_schema.threads t on t.thread_id = l.owner_thread_id
            where l.object_type = 'TABLE' and l.lock_status in ('GRANTED', 'PENDING') and t.processlist_id is not null
              and t.processlist_id <> connection_id()""";

    private static final String PLUGIN = """
            select plugin_name from information_schema.plugins
            where plugin_name = 'METADATA_LOCK_INFO' and plugin_status = 'ACTIVE'""";

    private static final String HELD = """
            select thread_id as session, table_schema as db, table_name as name, lock_mode as mode, true as held
            from information_schema.metadata_lock_info
            where lock_type = 'Table metadata lock' and thread_id <> connection_id()""";

    private static final String WAITING =
            "select id as session, db, info from information_schema.processlist where state = ?";

    /** What could be found out. */
    sealed interface Told {
        /** Who has what and waits for what. */
        record Exactly(TableLocks locks) implements Told {}

        /**
         * Nothing.
         *
         * @param why what would have to be different, for a person
         */
        record Nothing(String why) implements Told {}
    }

    Told ask() throws SQLException {
        try {
            List<String> instrument = Rows.ask(connection, INSTRUMENT, row -> row.getString(1));
            if (instrument.contains("YES")) {
                return exactly(Rows.ask(connection, LOCKS, LockTables::lock));
            }
            return plugin().isPresent()
                    ? exactly(withWaiting(Rows.ask(connection, HELD, LockTables::lock)))
                    : new Told.Nothing(
                            instrument.isEmpty()
                                    ? "performance_schema is off"
                                    : "performance_schema's instrument wait/lock/metadata/sql/mdl is off");
        } catch (SQLException e) {
            if (NOT_TOLD.contains(e.getErrorCode())) {
                return new Told.Nothing("the watching user can't read performance_schema: " + e.getMessage());
            }
            throw e;
        }
    }

    private Optional<String> plugin() throws SQLException {
        return Rows.ask(connection, PLUGIN, row -> row.getString(1)).stream().findFirst();
    }

    private static Told exactly(List<Optional<TableLock>> locks) {
        return new Told.Exactly(
                new TableLocks(locks.stream().flatMap(Optional::stream).toList()));
    }

    /** The plugin tells holders alone: what the others wait for is read from their statements. */
    private List<Optional<TableLock>> withWaiting(List<Optional<TableLock>> held) throws SQLException {
        List<Optional<TableLock>> all = new ArrayList<>(held);
        all.addAll(Rows.ask(connection, WAITING, LockTables::waiting, MariaDbProbe.TABLE_LOCK));
        return all;
    }

    static Optional<TableLock> lock(ResultSet row) throws SQLException {
        OptionalLong session = Rows.optional(row, "session");
        String table = Rows.text(row, "db") + "." + Rows.text(row, "name");
        boolean isHeld = row.getBoolean("held");
        Optional<Mode> mode = Mode.of(Rows.text(row, "mode"));
        return session.isEmpty()
                ? Optional.empty()
                : mode.map(it -> new TableLock(session.getAsLong(), table, it, isHeld));
    }

    private static Optional<TableLock> waiting(ResultSet row) throws SQLException {
        return asked(row.getLong("session"), Rows.text(row, "db"), new Statement(Rows.text(row, "info")));
    }

    static Optional<TableLock> asked(long session, String database, Statement statement) {
        return statement
                .table()
                .or(statement::reads)
                .map(it -> it.indexOf('.') < 0 ? database + "." + it : it)
                .map(it -> new TableLock(session, it, Mode.ofVerb(statement.verb()), false));
    }
}
