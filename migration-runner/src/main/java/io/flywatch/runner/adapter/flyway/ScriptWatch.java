package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.blocking.Verdict;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import io.flywatch.runner.server.SessionSight;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows Flyway at work: looks at the server each second, cancels a statement on demand or by the policy, and leaves nothing at work. */
final class ScriptWatch {
    private static final Logger LOG = Logger.getLogger(ScriptWatch.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final int LOOKS_UNTIL_GONE = 3;

    private final SqlMigration migration;
    private final Journal journal;
    private final ScriptProgress progress;
    private final SessionWatch watch;
    private final ScriptEvents events;
    private long nextLook = System.nanoTime();
    private int looksWithoutIt;
    private boolean cancelled;
    private @Nullable String warned;
    private @Nullable String blocked;

    ScriptWatch(
            SqlMigration migration, Journal journal, ScriptProgress progress, SessionWatch watch, ScriptEvents events) {
        this.migration = migration;
        this.journal = journal;
        this.progress = progress;
        this.watch = watch;
        this.events = events;
    }

    /** Until Flyway has ended: how the run ends. Throws what Flyway threw. */
    Optional<Outcome> follow(ScriptThread thread, OneConnection connection, long session) {
        thread.start();
        try {
            while (!thread.join(MOMENT)) {
                look(thread, connection, session);
                if (!thread.join(cancelled || blocked != null ? MOMENT : MOMENT.multipliedBy(4))) {
                    journal.pause(MOMENT);
                }
            }
            return Optional.of(outcome(thread));
        } catch (Suspended e) {
            leave(thread, connection, session);
            throw e;
        }
    }

    private void look(ScriptThread thread, OneConnection connection, long session) {
        askedToEnd(thread);
        if (cancelled || blocked != null) {
            watch.cancel(session);
        }
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + SECOND.toNanos();
        Optional<SessionSight> sight = watch.look(session);
        sight.ifPresent(it -> {
            progress.sees(it);
            judge(it);
            looksWithoutIt = it.alive() ? 0 : looksWithoutIt + 1;
        });
        if (looksWithoutIt >= LOOKS_UNTIL_GONE) {
            LOG.warnf("the session is gone migration=%s session=%s", migration.id(), session);
            connection.abort();
        }
    }

    private void askedToEnd(ScriptThread thread) {
        if (!cancelled && wish().filter(it -> it == Wish.CANCEL).isPresent()) {
            cancelled = true;
            events.stop();
            if (progress.script() == null) {
                thread.interrupt();
            }
        }
    }

    /** A pause waits for the end of the script at work, where the journal is asked again. */
    private Optional<Wish> wish() {
        try {
            Optional<Wish> wish = journal.wish();
            progress.pauses(false);
            return wish;
        } catch (Suspended e) {
            if (!e.isOnDemand()) {
                throw e;
            }
            progress.pauses(true);
            return Optional.empty();
        }
    }

    private void judge(SessionSight sight) {
        switch (migration.blocking().on(sight.blockade())) {
            case Verdict.Calm it -> warned = null;
            case Verdict.Warn it -> {
                if (warned == null) {
                    LOG.warnf("others wait migration=%s reason=%s", migration.id(), it.reason());
                }
                warned = it.reason();
            }
            case Verdict.Cancel it -> {
                if (blocked == null) {
                    LOG.warnf("statement is cancelled migration=%s reason=%s", migration.id(), it.reason());
                    blocked = it.reason();
                }
            }
        }
    }

    private Outcome outcome(ScriptThread thread) {
        try {
            thread.check();
            return new Outcome.Done();
        } catch (FlywayException e) {
            Optional<Suspended> suspended = ScriptFailures.cause(e, Suspended.class);
            if (suspended.isPresent()) {
                throw suspended.get();
            }
            if (cancelled) {
                return new Outcome.Stopped();
            }
            if (ScriptFailures.cause(e, ScriptEvents.Left.class).isPresent()) {
                return new Outcome.Done();
            }
            if (blocked != null) {
                throw new FlywayException("blocked", tooLong(blocked));
            }
            throw e;
        }
    }

    private RunFailure tooLong(String reason) {
        return new RunFailure(
                FailureType.BLOCKING,
                "%s was cancelled, as it kept others waiting for longer than %s: %s. Run it when they are quiet, split it, or let it wait for locks for a while only (SET lock_timeout)."
                        .formatted(progress.script(), migration.blocking().cancelAfter(), reason));
    }

    /** Another runner may begin at any time now: nothing of ours may go on. */
    private void leave(ScriptThread thread, OneConnection connection, long session) {
        events.stop();
        watch.cancel(session);
        thread.interrupt();
        if (!thread.join(FAREWELL)) {
            connection.abort();
            thread.join(FAREWELL);
        }
    }
}
