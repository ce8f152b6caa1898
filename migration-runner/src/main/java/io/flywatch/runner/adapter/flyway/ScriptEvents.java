package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.sql.CutOff;
import io.flywatch.runner.sql.Dialect;
import io.flywatch.runner.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Flyway tells into steps of the run, in the thread of the scripts. A script counts as done when the next one begins or
 * Flyway returns: before that, it may not be committed.
 */
final class ScriptEvents implements Callback, StatementListener {
    private final Journal journal;
    private final Dialect dialect;
    private final ScriptProgress progress;
    private final RunnerMetrics metrics;
    private final Consumer<CutOff> notes;
    private final Set<Integer> finished = new HashSet<>();
    private @Nullable String applied;
    private boolean atWork;
    private int statements;
    private volatile boolean stopped;

    ScriptEvents(
            Journal journal, Dialect dialect, ScriptProgress progress, RunnerMetrics metrics, Consumer<CutOff> notes) {
        this.journal = journal;
        this.dialect = dialect;
        this.progress = progress;
        this.metrics = metrics;
        this.notes = notes;
    }

    /** No other script is to begin. */
    void stop() {
        stopped = true;
    }

    /** Thrown to leave Flyway where no script is at work. */
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Left(String why) {
            super(why, null, false, false);
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE
                || event == Event.BEFORE_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        String script = context.getMigrationInfo() == null
                ? ""
                : context.getMigrationInfo().getScript();
        if (event == Event.BEFORE_MIGRATE) {
            progress.does(ScriptRun.PREPARES);
        } else if (event == Event.BEFORE_EACH_MIGRATE) {
            begin(script);
        } else {
            atWork = false;
            applied = event == Event.AFTER_EACH_MIGRATE ? script : null;
        }
    }

    private void begin(String script) {
        finish();
        if (stopped) {
            throw new Left("the run is to end");
        }
        journal.checkOwnership();
        RunStep step = step(script);
        if (step == null) {
            if (allDone()) {
                throw new Left(script + " is new since the run was triggered");
            }
            throw new RunFailure(
                    FailureType.DECLARATION,
                    "The script %s was not there when the run was triggered, and comes before others that were. Start a new run."
                            .formatted(script));
        }
        journal.stepStarted(step.index());
        progress.begins(script);
        statements = 0;
        atWork = true;
    }

    /** The script that was applied last is committed. */
    void finish() {
        String last = applied;
        applied = null;
        if (last != null) {
            Map<String, Long> changed = progress.keep();
            done(last, changed.values().stream().mapToLong(it -> it).sum());
            changed.forEach((table, rows) -> metrics.changed(journal.run().migrationId(), table, rows));
        }
    }

    /** The history knows these as applied: by this runner or an earlier one, or by somebody else. */
    void settle(List<String> scripts) {
        String last = applied;
        if (last != null && scripts.contains(last)) {
            finish();
        }
        applied = null;
        progress.leave();
        scripts.forEach(it -> done(it, 0));
    }

    private void done(String script, long rows) {
        RunStep step = step(script);
        if (step != null && !finished.contains(step.index())) {
            journal.stepStarted(step.index());
            journal.stepFinished(step.index(), rows);
            finished.add(step.index());
        }
    }

    private @Nullable RunStep step(String script) {
        return journal.run().steps().stream()
                .filter(it -> it.name().equals(script))
                .findFirst()
                .orElse(null);
    }

    private boolean allDone() {
        return journal.run().steps().stream().allMatch(it -> it.isDone() || finished.contains(it.index()));
    }

    @Override
    public String getCallbackName() {
        return "flywatch";
    }

    @Override
    public void before(Statement statement, boolean alone) {
        if (atWork) {
            statements++;
            note(statement, alone, false);
        }
    }

    @Override
    public void after(Statement statement, boolean alone) {
        if (atWork) {
            note(statement, alone, true);
        }
    }

    /** Only what takes effect by itself has to be remembered; all else is undone by the server if it is cut off. */
    private void note(Statement statement, boolean alone, boolean done) {
        String script = progress.script();
        if (script != null && (alone || statement.commits(dialect))) {
            notes.accept(new CutOff(script, statements, statement.shown(), done));
        }
    }

    @Override
    public void changed(Statement statement, long rows) {
        if (atWork) {
            statement.changes().ifPresent(table -> progress.changed(table, rows));
        }
    }
}
