package io.flywatch.runner.replication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a replication run set out to do, noted in the run before anything is set up, so that a restarted runner goes on with it or
 * takes it down again.
 *
 * @param tables what goes where
 * @param heartbeatTable {@code schema.table} of the heartbeat; null if there is none
 * @param heartbeatCreated whether the run itself created it
 * @param notificationsFrom where the notifications of this run's connector begin, by partition of their topic
 * @param remarks what a person should know, e.g. why there is no heartbeat
 * @param paused whether the connector stands still because a pause was asked for
 * @param signalTable {@code schema.table} in which the connector is told to read tables anew; null if it can't be told
 * @param unsignalled why not; null if it can, and in plans of earlier versions
 */
public record Plan(
        List<Table> tables,
        @Nullable String heartbeatTable,
        boolean heartbeatCreated,
        Map<Integer, Long> notificationsFrom,
        List<String> remarks,
        boolean paused,
        @Nullable String signalTable,
        @Nullable String unsignalled) {
    public Plan {
        tables = List.copyOf(tables);
        notificationsFrom = Map.copyOf(notificationsFrom);
        remarks = List.copyOf(remarks);
    }

    /** Not paused, and not to be signalled. */
    public Plan(
            List<Table> tables,
            @Nullable String heartbeatTable,
            boolean heartbeatCreated,
            Map<Integer, Long> notificationsFrom,
            List<String> remarks) {
        this(tables, heartbeatTable, heartbeatCreated, notificationsFrom, remarks, false, null, null);
    }

    /** The same with the connector paused by us, or not. */
    public Plan paused(boolean now) {
        return new Plan(
                tables, heartbeatTable, heartbeatCreated, notificationsFrom, remarks, now, signalTable, unsignalled);
    }

    /** The same without a heartbeat, and why. */
    public Plan withoutHeartbeat(String remark) {
        return new Plan(tables, null, false, notificationsFrom, remarks).remarking(remark);
    }

    /** The columns that are left out, as {@code schema.table.column}. */
    public List<String> unlogged() {
        return tables.stream()
                .flatMap(table -> Objects.requireNonNullElse(table.unlogged(), List.<String>of()).stream()
                        .map(column -> table.source() + "." + column))
                .toList();
    }

    /** The same with one thing more that a person should know. */
    public Plan remarking(String remark) {
        List<String> all = Stream.concat(remarks.stream(), Stream.of(remark)).toList();
        return new Plan(
                tables, heartbeatTable, heartbeatCreated, notificationsFrom, all, paused, signalTable, unsignalled);
    }

    /** The same with a table for signals. */
    public Plan signalledBy(String table) {
        return new Plan(tables, heartbeatTable, heartbeatCreated, notificationsFrom, remarks, paused, table, null);
    }

    /** The same without a table for signals, and why. */
    public Plan withoutSignals(String why) {
        return new Plan(tables, heartbeatTable, heartbeatCreated, notificationsFrom, remarks, paused, null, why);
    }

    /**
     * One table.
     *
     * @param source {@code schema.table}
     * @param target the collection
     * @param keyColumns the columns of its primary key, in order
     * @param rows how many there were, or about as many
     * @param counted whether they were counted
     * @param unlogged columns that are left out, as the source's log does not carry their values; null in plans of earlier versions
     */
    public record Table(
            String source,
            String target,
            List<String> keyColumns,
            long rows,
            boolean counted,
            @Nullable List<String> unlogged) {
        public Table {
            keyColumns = List.copyOf(keyColumns);
            unlogged = unlogged == null ? List.of() : List.copyOf(unlogged);
        }

        /** A table of which every column is moved. */
        public Table(String source, String target, List<String> keyColumns, long rows, boolean counted) {
            this(source, target, keyColumns, rows, counted, List.of());
        }

        /** The same with another number of rows. */
        public Table counting(long now, boolean exactly) {
            return new Table(source, target, keyColumns, now, exactly, unlogged);
        }
    }

    /**
     * Where each table goes: its own name, or {@code schema.table} where tables of several schemas share it.
     *
     * @param qualified whether the target has schemas as the source has them: then each table keeps its own
     */
    public static Map<String, String> targets(List<String> tables, boolean qualified) {
        Map<String, String> targets = new LinkedHashMap<>();
        for (String table : tables) {
            String name = name(table);
            boolean shared = tables.stream().filter(it -> name(it).equals(name)).count() > 1;
            targets.put(table, shared || qualified ? table : name);
        }
        return targets;
    }

    private static String name(String table) {
        return table.substring(table.indexOf('.') + 1);
    }
}
