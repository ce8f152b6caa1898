package io.flywatch.runner.adapter.flyway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Wish;
import io.flywatch.runner.sql.CutOff;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * One run of scripts on this runner: attempts until one comes to an end. An attempt ends without one when the server goes away; what
 * an earlier attempt or an earlier runner left at work is ended before the next begins, so never do two work at a time.
 */
final class ScriptRun {
    static final String PREPARES = "waiting for the lock of Flyway's history";

    private static final Logger LOG = Logger.getLogger(ScriptRun.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final SqlMigration migration;
    private final SqlTarget target;
    private final Journal journal;
    private final Tools tools;
    private final ScriptProgress progress;
    private final ScriptFailures failures;
    private final ScriptEvents events;
    private volatile Remains remains = Remains.NOTHING;

    /** What the runs share. */
    record Tools(Path folder, Duration timeout, RunnerMetrics metrics, ObjectMapper json) {}

    ScriptRun(SqlMigration migration, SqlTarget target, Journal journal, Tools tools) {
        this.migration = migration;
        this.target = target;
        this.journal = journal;
        this.tools = tools;
        this.progress = new ScriptProgress(migration.blocking());
        this.failures = new ScriptFailures(migration, target.dialect());
        this.events = new ScriptEvents(journal, target.dialect(), progress, tools.metrics(), this::note);
    }

    Outcome work() {
        journal.observe(progress::get);
        try (SessionWatch watch = new SessionWatch(target, tools.timeout())) {
            while (true) {
                Optional<Outcome> end = attempt(watch);
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } catch (RunFailure e) {
            return new Outcome.Broken(new Failure(progress.script(), e.type(), e.text()));
        }
    }

    private Optional<Outcome> attempt(SessionWatch watch) {
        String session = "flywatch-run " + journal.run().id();
        try (OneConnection connection = new OneConnection(target, tools.timeout(), session, events)) {
            endEarlier(watch, session);
            long number = watch.session(connection.physical());
            Scripts scripts = Scripts.of(migration, tools.folder(), connection, events);
            prepare(scripts);
            remains = Remains.NOTHING;
            ScriptThread thread = new ScriptThread(scripts, journal.run().migrationId());
            return new ScriptWatch(migration, journal, progress, watch, events)
                    .follow(thread, connection, number)
                    .map(this::ended);
        } catch (SQLException e) {
            return away(e);
        } catch (FlywayException e) {
            return failed(e);
        }
    }

    private Optional<Outcome> failed(FlywayException e) {
        Optional<SQLException> cause = ScriptFailures.cause(e, SQLException.class);
        if (cause.isPresent() && SqlTarget.isAway(cause.get())) {
            return away(cause.get());
        }
        Optional<RunFailure> ours = ScriptFailures.cause(e, RunFailure.class);
        forget();
        throw ours.map(it -> failures.withRemedy(it, remains)).orElseGet(() -> failures.of(e, remains));
    }

    private Outcome ended(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            events.finish();
        }
        return outcome;
    }

    /** The sessions of an earlier runner of this run, or of an attempt whose connection broke, are ended before we begin. */
    private void endEarlier(SessionWatch watch, String session) throws SQLException {
        while (watch.end(session) > 0) {
            progress.does("waiting for the end of the session of an earlier runner");
            look();
            journal.pause(MOMENT);
        }
    }

    private void prepare(Scripts scripts) {
        ScriptFiles.checkEncoding(migration, tools.folder());
        events.settle(scripts.applied());
        failures.of(scripts.flyway().validateWithResult()).ifPresent(it -> {
            throw it;
        });
        Optional<CutOff> cutOff = noted();
        if (cutOff.isPresent() && scripts.pending().contains(cutOff.get().script())) {
            forget();
            throw new RunFailure(FailureType.REFUSED, cutOff.get().told());
        }
    }

    private Optional<Outcome> away(SQLException e) {
        if (!SqlTarget.isAway(e)) {
            throw target.failure(e);
        }
        LOG.warnf("the database is away connection=%s reason=%s", target.name(), e.getMessage());
        progress.leave();
        progress.does("waiting: the database '" + target.name() + "' does not answer");
        look();
        journal.pause(SECOND);
        if (journal.wish().filter(it -> it == Wish.CANCEL).isPresent()) {
            return Optional.of(new Outcome.Stopped());
        }
        return Optional.empty();
    }

    private void look() {
        journal.checkOwnership();
    }

    private void note(CutOff cutOff) {
        remains = cutOff.done() || remains == Remains.STATEMENTS ? Remains.STATEMENTS : Remains.ENTRY;
        try {
            journal.note(tools.json().writeValueAsString(cutOff));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note can be written", e);
        }
    }

    private void forget() {
        journal.note("");
    }

    private Optional<CutOff> noted() {
        return journal.note().filter(it -> !it.isEmpty()).map(text -> {
            try {
                return tools.json().readValue(text, CutOff.class);
            } catch (JsonProcessingException e) {
                throw new RunFailure(
                        FailureType.INTERNAL, "The run's note is not understood: " + e.getOriginalMessage(), e);
            }
        });
    }
}
