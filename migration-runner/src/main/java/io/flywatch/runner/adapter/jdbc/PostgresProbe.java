package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.blocking.Blockade;
import io.flywatch.runner.blocking.Blockade.Waiting;
import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.server.SessionSight;
import io.flywatch.runner.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: {@code pg_stat_activity}, {@code pg_blocking_pids} and the views {@code pg_stat_progress_*}. */
record PostgresProbe(Connection connection) implements ServerProbe {
    private static final int WAITSTART_SINCE = 14;
    private static final int COPY_SINCE = 14;

    private static final String ACTIVITY = """
            select state, query, wait_event_type,
              coalesce(extract(epoch from clock_timestamp() - query_start), 0) as running,
              array_to_string(pg_blocking_pids(pid), ',') as blockers
            from pg_stat_activity where pid = ?""";

    /** Sessions that wait for this one, or for one that waits for it; those before it in the queue count too. */
    private static final String WAITING = """
            with recursive waiting(pid) as (
              select a.pid from pg_stat_activity a where a.wait_event_type = 'Lock' and ? = any (pg_blocking_pids(a.pid))
              union
              select a.pid from waiting w join pg_stat_activity a
                on a.wait_event_type = 'Lock' and w.pid = any (pg_blocking_pids(a.pid)))
            select a.pid, a.application_name, a.usename, a.query,
              extract(epoch from clock_timestamp() - coalesce(%s, a.query_start)) as waits
            from waiting w join pg_stat_activity a on a.pid = w.pid where a.pid <> ?""";

    private static final String WAITSTART =
            "(select min(l.waitstart) from pg_locks l where l.pid = a.pid and not l.granted)";

    private static final String BLOCKERS = """
            select a.pid, a.application_name, a.usename, a.state, a.query,
              extract(epoch from clock_timestamp() - a.xact_start) as open
            from pg_stat_activity a where a.pid = any (pg_blocking_pids(?::int)) order by a.xact_start""";

    private static final String TASKS = """
            select t.command, t.relid::regclass::text as object, t.phase, t.done, t.total, t.unit,
              (select c.reltuples::bigint from pg_class c where c.oid = t.relid and c.reltuples >= 0) as tuples
            from (
              select pid, command, relid, phase,
                case when lockers_total > 0 and phase like 'waiting%%' then lockers_done
                  when tuples_total > 0 then tuples_done else nullif(blocks_done, 0) end as done,
                case when lockers_total > 0 and phase like 'waiting%%' then lockers_total
                  when tuples_total > 0 then tuples_total else nullif(blocks_total, 0) end as total,
                case when lockers_total > 0 and phase like 'waiting%%' then 'sessions'
                  when tuples_total > 0 then 'rows' else 'blocks' end as unit
              from pg_stat_progress_create_index
              union all
              select pid, 'VACUUM', relid, phase, heap_blks_scanned, heap_blks_total, 'blocks' from pg_stat_progress_vacuum
              union all
              select pid, command, relid, phase, heap_blks_scanned, nullif(heap_blks_total, 0), 'blocks'
              from pg_stat_progress_cluster
              union all
              select pid, 'ANALYZE', relid, phase, sample_blks_scanned, nullif(sample_blks_total, 0), 'blocks'
              from pg_stat_progress_analyze
              union all
              select pid, 'BASE_BACKUP', null, phase, backup_streamed, backup_total, 'bytes'
              from pg_stat_progress_basebackup
              %s) t where t.pid = ?""";

    private static final String CHANGED =
            "select coalesce(n_tup_ins + n_tup_upd + n_tup_del, 0) from pg_stat_all_tables where relid = to_regclass(?)";

    private static final String COPY = """
            union all
            select pid, command, relid, lower(type),
              case when bytes_total > 0 then bytes_processed else tuples_processed end, nullif(bytes_total, 0),
              case when bytes_total > 0 then 'bytes' else 'rows' end
            from pg_stat_progress_copy""";

    @Override
    public long session(Connection of) throws SQLException {
        return Rows.ask(of, "select pg_backend_pid()", row -> row.getLong(1)).getFirst();
    }

    @Override
    public List<Long> named(String name) throws SQLException {
        return Rows.ask(
                connection,
                "select pid from pg_stat_activity where application_name = ? and datname = current_database()"
                        + " and usename = current_user",
                row -> row.getLong(1),
                name);
    }

    @Override
    public List<Long> tool(@Nullable String application, @Nullable String user) throws SQLException {
        return Rows.ask(
                connection,
                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                        + " and backend_type = 'client backend' and application_name = coalesce(?, application_name)"
                        + " and usename = coalesce(?, usename) order by pid",
                row -> row.getLong(1),
                application,
                user);
    }

    @Override
    public Map<String, Long> changed(List<String> tables) throws SQLException {
        Map<String, Long> changed = new LinkedHashMap<>();
        for (String table : tables) {
            Rows.ask(connection, CHANGED, row -> row.getLong(1), table).forEach(count -> changed.put(table, count));
        }
        return changed;
    }

    @Override
    public SessionSight look(long session) throws SQLException {
        List<Activity> found = Rows.ask(connection, ACTIVITY, PostgresProbe::activity, session);
        if (found.isEmpty()) {
            return SessionSight.GONE;
        }
        Activity activity = found.getFirst();
        return new SessionSight(
                true,
                activity.statement(),
                activity.running(),
                tasks(session),
                OptionalLong.empty(),
                blockade(session),
                activity.blockers().isEmpty() ? null : blockers(session));
    }

    private record Activity(@Nullable String statement, Duration running, String blockers) {}

    private static Activity activity(ResultSet row) throws SQLException {
        boolean active = "active".equals(row.getString("state"));
        return new Activity(
                active ? new Statement(Rows.text(row, "query")).shown() : null,
                active ? seconds(row, "running") : Duration.ZERO,
                Rows.text(row, "blockers"));
    }

    private List<ServerTask> tasks(long session) throws SQLException {
        String sql = TASKS.formatted(version() >= COPY_SINCE ? COPY : "");
        return Rows.ask(
                connection,
                sql,
                row -> new ServerTask(
                        Rows.text(row, "command"),
                        Rows.text(row, "object"),
                        Rows.text(row, "phase"),
                        Rows.whole(row, "done"),
                        Rows.whole(row, "total"),
                        Rows.text(row, "unit"),
                        Rows.whole(row, "tuples")),
                session);
    }

    private Blockade blockade(long session) throws SQLException {
        String sql = WAITING.formatted(version() >= WAITSTART_SINCE ? WAITSTART : "null");
        return new Blockade(Rows.ask(
                connection,
                sql,
                row -> new Waiting(
                        row.getLong("pid"),
                        who(row),
                        seconds(row, "waits"),
                        new Statement(Rows.text(row, "query")).shown()),
                session,
                session));
    }

    private @Nullable String blockers(long session) throws SQLException {
        String told = Rows.ask(
                        connection,
                        BLOCKERS,
                        row -> "session %d of %s, %s, with \"%s\" (transaction open for %.0f s)"
                                .formatted(
                                        row.getLong("pid"),
                                        who(row),
                                        Rows.text(row, "state"),
                                        new Statement(Rows.text(row, "query")).shown(),
                                        row.getDouble("open")),
                        session)
                .stream()
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? null : told;
    }

    private static String who(ResultSet row) throws SQLException {
        return Stream.of(Rows.text(row, "application_name"), Rows.text(row, "usename"))
                .filter(it -> !it.isEmpty())
                .collect(Collectors.joining(", user "));
    }

    private static Duration seconds(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(Math.max(0, Math.round(row.getDouble(column) * 1e3)));
    }

    private int version() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    @Override
    public void cancel(long session) throws SQLException {
        Rows.ask(connection, "select pg_cancel_backend(?)", row -> row.getBoolean(1), (int) session);
    }

    @Override
    public void end(long session) throws SQLException {
        Rows.ask(connection, "select pg_terminate_backend(?)", row -> row.getBoolean(1), (int) session);
    }
}
