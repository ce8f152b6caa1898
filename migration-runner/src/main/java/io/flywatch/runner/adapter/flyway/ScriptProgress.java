package io.flywatch.runner.adapter.flyway;

import io.flywatch.events.progress.ServerSight;
import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.progress.Observation;
import io.flywatch.runner.progress.Observation.Part;
import io.flywatch.runner.server.ServerTask;
import io.flywatch.runner.server.SessionSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a run of scripts is. Told by the thread of the scripts and by the one that watches the server; asked from anywhere. */
final class ScriptProgress {
    private final BlockingPolicy policy;
    private final Map<String, Long> kept = new LinkedHashMap<>();
    private final Map<String, Long> ofScript = new LinkedHashMap<>();
    private final Map<String, Long> ofTasks = new LinkedHashMap<>();
    private @Nullable String script;
    private String activity = "connecting";
    private SessionSight sight = SessionSight.NOTHING;
    private boolean pauses;

    ScriptProgress(BlockingPolicy policy) {
        this.policy = policy;
    }

    synchronized void does(String what) {
        activity = what;
        sight = SessionSight.NOTHING;
    }

    synchronized void begins(String name) {
        script = name;
        activity = name;
        ofScript.clear();
    }

    synchronized @Nullable String script() {
        return script;
    }

    synchronized void changed(String table, long rows) {
        ofScript.merge(table, rows, Long::sum);
    }

    /** The script took effect: the rows that it changed, by table. */
    synchronized Map<String, Long> keep() {
        Map<String, Long> changed = Map.copyOf(ofScript);
        changed.forEach((table, rows) -> kept.merge(table, rows, Long::sum));
        leave();
        return changed;
    }

    /** The script is not at work any more; what it changed counts only if it was kept. */
    synchronized void leave() {
        ofScript.clear();
        script = null;
        activity = "between scripts";
        sight = SessionSight.NOTHING;
    }

    /** Whether the run is to stand still as soon as the script at work is done. */
    synchronized void pauses(boolean asked) {
        pauses = asked;
    }

    synchronized void sees(SessionSight newSight) {
        sight = newSight;
        for (ServerTask task : newSight.tasks()) {
            Long rows = task.rowsDone();
            if (rows != null) {
                ofTasks.merge(name(task), rows, Math::max);
            }
        }
    }

    private static String name(ServerTask task) {
        return task.object() + " (" + task.command() + ")";
    }

    synchronized Observation get() {
        Map<String, Long> changed = new LinkedHashMap<>(kept);
        ofScript.forEach((table, rows) -> changed.merge(table, rows, Long::sum));
        ServerTask task = sight.tasks().isEmpty() ? null : sight.tasks().getFirst();
        List<Part> parts = new ArrayList<>();
        changed.forEach((table, rows) -> parts.add(new Part(table, rows, null, !ofScript.containsKey(table))));
        ofTasks.forEach((name, rows) -> {
            boolean current = task != null && name.equals(name(task));
            parts.add(new Part(name, rows, current && task != null ? task.rowsTotal() : null, !current));
        });
        long inStatement = sight.rowsModified().orElse(0);
        long ofStatements = changed.values().stream().mapToLong(it -> it).sum();
        long done = Math.max(ofStatements, Math.max(inStatement, 0) + sum(kept)) + sum(ofTasks);
        Long total = task == null ? null : total(task, done);
        return new Observation(
                script,
                told(task),
                done,
                total,
                total == null ? null : "estimated",
                0,
                null,
                false,
                parts,
                server(task));
    }

    private static long sum(Map<String, Long> rows) {
        return rows.values().stream().mapToLong(it -> it).sum();
    }

    private @Nullable Long total(ServerTask task, long done) {
        Long whole = task.rowsTotal();
        return whole == null ? null : Long.valueOf(done - ofTasks.getOrDefault(name(task), 0L) + whole);
    }

    private String told(@Nullable ServerTask task) {
        if (sight.blockedBy() != null) {
            return activity + ": waiting for a lock that is held by " + sight.blockedBy();
        }
        if (task != null) {
            Long part = task.done();
            Long whole = task.total();
            String share = part == null || whole == null ? "" : " (%,d of %,d %s)".formatted(part, whole, task.unit());
            return activity + ": " + task.told() + share + blocks();
        }
        String statement = sight.statement();
        return statement == null
                ? activity
                : "%s: for %d s: %s%s".formatted(activity, sight.running().toSeconds(), statement, blocks());
    }

    private String blocks() {
        return sight.blockade().longest().compareTo(policy.warnAfter()) < 0
                ? ""
                : "; blocking: " + sight.blockade().told();
    }

    private ServerSight server(@Nullable ServerTask task) {
        return new ServerSight(
                task != null ? task.told() : sight.statement(),
                task == null ? null : task.done(),
                task == null ? null : task.total(),
                task == null ? null : task.unit(),
                sight.blockade().sessions().size(),
                seconds(sight.blockade().longest()),
                seconds(policy.warnAfter()),
                sight.blockedBy());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
