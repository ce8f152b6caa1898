package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.adapter.jdbc.LockTables.Told;
import io.flywatch.runner.blocking.Blockade;
import io.flywatch.runner.blocking.Blockade.Waiting;
import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.server.SessionSight;
import io.flywatch.runner.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB and MySQL: the process list, {@code INNODB_TRX} and the waits for row locks. Who waits for the lock of a table's definition is
 * seen in the process list; who holds it is told by {@link LockTables}, where the server has them. Where it has not, all that wait for
 * a table that the session works on are taken to wait for the session.
 */
record MariaDbProbe(Connection connection) implements ServerProbe {
    static final String TABLE_LOCK = "Waiting for table metadata lock";

    private static final String SESSION = """
            select p.command, p.state, p.info, p.time, p.db,
              (select t.trx_rows_modified from information_schema.innodb_trx t where t.trx_mysql_thread_id = p.id) as modified
            from information_schema.processlist p where p.id = ?""";

    private static final String OF_USER = """
            select p.id from information_schema.processlist p where p.user = coalesce(?, p.user)
              and (p.db = database() or p.db is null) and p.id <> connection_id() order by p.id""";

    /** Needs {@code performance_schema}: nothing else remembers what a session calls itself. */
    private static final String OF_APPLICATION = """
            select p.id from information_schema.processlist p join performance_schema.session_connect_attrs a
              on a.processlist_id = p.id and a.attr_name in ('program_name', '_program_name')
            where p.user = coalesce(?, p.user) and a.attr_value = ?
              and (p.db = database() or p.db is null) and p.id <> connection_id() order by p.id""";

    private static final String STAGE =
            "select stage, max_stage, progress from information_schema.processlist where id = ? and max_stage > 0";

    private static final String ROW_WAITS = """
            select w.trx_mysql_thread_id as waiting, b.trx_mysql_thread_id as blocking, p.user, p.host, p.info,
              timestampdiff(microsecond, w.trx_wait_started, sysdate(6)) / 1e6 as waits
            from information_schema.innodb_lock_waits l
            join information_schema.innodb_trx w on w.trx_id = l.requesting_trx_id
            join information_schema.innodb_trx b on b.trx_id = l.blocking_trx_id
            join information_schema.processlist p on p.id = w.trx_mysql_thread_id
            where b.trx_mysql_thread_id = ? or w.trx_mysql_thread_id = ?""";

    private static final String MYSQL_ROW_WAITS = """
            select w.trx_mysql_thread_id as waiting, b.trx_mysql_thread_id as blocking, p.user, p.host, p.info,
              timestampdiff(microsecond, w.trx_wait_started, sysdate(6)) / 1e6 as waits
            from performance_schema.data_lock_waits l
            join information_schema.innodb_trx w on w.trx_id = l.requesting_engine_transaction_id
            join information_schema.innodb_trx b on b.trx_id = l.blocking_engine_transaction_id
            join information_schema.processlist p on p.id = w.trx_mysql_thread_id
            where b.trx_mysql_thread_id = ? or w.trx_mysql_thread_id = ?""";

    private static final String TABLE_WAITS = """
            select p.id as waiting, p.user, p.host, p.info, p.time as waits from information_schema.processlist p
            where p.state = ? and p.id <> ?""";

    private static final String HOLDERS = """
            select p.id, p.user, p.host, timestampdiff(second, t.trx_started, now()) as open
            from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
            where p.id <> ? order by t.trx_started""";

    private static final String SESSIONS = """
            select p.id, p.user, p.host, timestampdiff(second, t.trx_started, now()) as open
            from information_schema.processlist p left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
            where p.id <> ? order by t.trx_started""";

    @Override
    public long session(Connection of) throws SQLException {
        return Rows.ask(of, "select connection_id()", row -> row.getLong(1)).getFirst();
    }

    @Override
    public List<Long> named(String name) throws SQLException {
        return Rows.ask(connection, "select is_used_lock(?) as id", row -> Rows.optional(row, "id"), name).stream()
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .toList();
    }

    @Override
    public List<Long> tool(@Nullable String application, @Nullable String user) throws SQLException {
        if (application == null) {
            return Rows.ask(connection, OF_USER, row -> row.getLong(1), user);
        }
        return Rows.ask(connection, OF_APPLICATION, row -> row.getLong(1), user, application);
    }

    @Override
    public Map<String, Long> changed(List<String> tables) throws SQLException {
        String database = Rows.ask(connection, "select coalesce(database(), '')", row -> row.getString(1))
                .getFirst();
        Map<String, Long> changed = new LinkedHashMap<>();
        for (String table : tables) {
            Long rows = rows(database, table);
            if (rows != null) {
                changed.put(table, rows);
            }
        }
        return changed;
    }

    private record Process(
            boolean executes,
            String state,
            String statement,
            Duration running,
            String database,
            OptionalLong modified) {}

    @Override
    public SessionSight look(long session) throws SQLException {
        List<Process> found = Rows.ask(connection, SESSION, MariaDbProbe::process, session);
        if (found.isEmpty()) {
            return SessionSight.GONE;
        }
        Process process = found.getFirst();
        List<RowWait> rowWaits = rowWaits(session);
        List<Waiting> waiting = new ArrayList<>(rowWaits.stream()
                .filter(it -> it.blocking() == session)
                .map(RowWait::waiting)
                .toList());
        boolean waitsForTable = process.state().equals(TABLE_LOCK);
        List<Waiting> forTables = Rows.ask(connection, TABLE_WAITS, MariaDbProbe::waiting, TABLE_LOCK, session);
        Told told = waitsForTable || !forTables.isEmpty() ? new LockTables(connection).ask() : new Told.Nothing("");
        waiting.addAll(tableWaits(session, process, forTables, told));
        return new SessionSight(
                true,
                process.executes() ? new Statement(process.statement()).shown() : null,
                process.executes() ? process.running() : Duration.ZERO,
                stage(session, process),
                process.modified(),
                new Blockade(waiting),
                waitsForTable ? holders(session, told) : rowHolders(session, rowWaits));
    }

    private static Process process(ResultSet row) throws SQLException {
        return new Process(
                !"Sleep".equals(row.getString("command")),
                Rows.text(row, "state"),
                Rows.text(row, "info"),
                Duration.ofSeconds(Math.max(0, row.getLong("time"))),
                Rows.text(row, "db"),
                Rows.optional(row, "modified"));
    }

    private List<ServerTask> stage(long session, Process process) throws SQLException {
        Statement statement = new Statement(process.statement());
        if (isMySql()) {
            return process.executes()
                    ? new MySqlStages(connection).of(session, statement, it -> rows(process.database(), it))
                    : List.of();
        }
        String table = statement.table().orElse("");
        return Rows.ask(
                connection,
                STAGE,
                row -> new ServerTask(
                        statement.verb().toUpperCase(Locale.ROOT) + " (stage " + row.getLong("stage") + " of "
                                + row.getLong("max_stage") + ")",
                        table,
                        process.state(),
                        Math.round(row.getDouble("progress")),
                        100L,
                        "percent",
                        rows(process.database(), table)),
                session);
    }

    private boolean isMySql() throws SQLException {
        return !connection.getMetaData().getDatabaseProductName().contains("MariaDB");
    }

    private @Nullable Long rows(String database, String table) throws SQLException {
        int dot = table.indexOf('.');
        return Rows.ask(
                        connection,
                        "select table_rows from information_schema.tables where table_schema = ? and table_name = ?",
                        row -> Rows.optional(row, "table_rows"),
                        dot < 0 ? database : table.substring(0, dot),
                        table.substring(dot + 1))
                .stream()
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .findFirst()
                .orElse(null);
    }

    private record RowWait(long blocking, Waiting waiting) {}

    private List<RowWait> rowWaits(long session) throws SQLException {
        return Rows.ask(
                connection,
                isMySql() ? MYSQL_ROW_WAITS : ROW_WAITS,
                row -> new RowWait(row.getLong("blocking"), waiting(row)),
                session,
                session);
    }

    /** Where nobody tells who holds a table's definition, whoever asks for a table of ours is taken to wait for us. */
    private static List<Waiting> tableWaits(long session, Process process, List<Waiting> all, Told told) {
        return switch (told) {
            case Told.Exactly it -> {
                Set<Long> behind = it.locks().waitersFor(session);
                yield all.stream().filter(one -> behind.contains(one.session())).toList();
            }
            case Told.Nothing it -> {
                String table = new Statement(process.statement()).table().orElse("");
                String name = table.substring(table.lastIndexOf('.') + 1);
                yield name.isEmpty()
                        ? List.of()
                        : all.stream().filter(one -> one.doing().contains(name)).toList();
            }
        };
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getLong("waiting"),
                who(row),
                Duration.ofMillis(Math.max(0, Math.round(row.getDouble("waits") * 1e3))),
                new Statement(Rows.text(row, "info")).shown());
    }

    private static @Nullable String rowHolders(long session, List<RowWait> rowWaits) {
        String rows = rowWaits.stream()
                .filter(it -> it.waiting().session() == session)
                .map(it -> "session " + it.blocking() + ", which holds a row's lock")
                .collect(Collectors.joining("; "));
        return rows.isEmpty() ? null : rows;
    }

    private record Other(long session, String told) {}

    /** Who keeps a session from a table's definition. */
    private String holders(long session, Told told) throws SQLException {
        return switch (told) {
            case Told.Exactly it -> {
                Set<Long> before = it.locks().blockersOf(session);
                String exact = Rows.ask(connection, SESSIONS, MariaDbProbe::other, session).stream()
                        .filter(one -> before.contains(one.session()))
                        .map(one -> one.told() + ", which "
                                + String.join(" and ", it.locks().heldBefore(one.session(), session)))
                        .collect(Collectors.joining("; "));
                yield exact.isEmpty() ? "somebody who is gone by now" : exact;
            }
            case Told.Nothing it -> {
                String open = Rows.ask(connection, HOLDERS, MariaDbProbe::other, session).stream()
                        .map(Other::told)
                        .collect(Collectors.joining("; "));
                yield "somebody who uses the table" + (open.isEmpty() ? "" : "; transactions are open in: " + open)
                        + "; who it is would be told, but " + it.why();
            }
        };
    }

    private static Other other(ResultSet row) throws SQLException {
        long session = row.getLong("id");
        Long open = Rows.whole(row, "open");
        return new Other(
                session,
                "session %d of %s".formatted(session, who(row))
                        + (open == null ? "" : " (transaction open for %d s)".formatted(open)));
    }

    private static String who(ResultSet row) throws SQLException {
        return "user " + Rows.text(row, "user") + " at " + Rows.text(row, "host");
    }

    @Override
    public void cancel(long session) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("kill query " + session);
        }
    }

    @Override
    public void end(long session) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("kill " + session);
        }
    }
}
