package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.RunRolledBack;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.StepFinished;
import io.flywatch.events.progress.StepStarted;
import io.flywatch.runner.run.Claim;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a runner does to the runs that it owns. Each change is made only while the runner still owns the run, and tells its fact in
 * the same transaction. Who owns what, and until when, goes by the database's clock.
 */
@ApplicationScoped
public class OwnedRuns {
    private static final String TAKE =
            "update {h-schema}run set owner = :me, owner_until = clock_timestamp() + :ttl * interval '1 millisecond'"
                    + " where (state in ('PENDING', 'RUNNING') or (state = 'PAUSED' and wish is not null))"
                    + " and (owner is null or owner_until < clock_timestamp()) returning id";
    private static final String RENEW =
            "update {h-schema}run set owner_until = clock_timestamp() + :ttl * interval '1 millisecond'"
                    + " where state in ('PENDING', 'RUNNING', 'PAUSED') and owner = :me returning id, wish";

    private static final String MINE = "select migration_id from {h-schema}run where id = :run and owner = :me"
            + " and state in ('PENDING', 'RUNNING', 'PAUSED') for update";
    private static final String ADD = "update {h-schema}run set rows_done = rows_done + :rows where id = :run";

    private final EntityManager rows;
    private final Facts facts;

    OwnedRuns(EntityManager rows, Facts facts) {
        this.rows = rows;
        this.facts = facts;
    }

    /** Takes all active runs that nobody works on. */
    @Transactional
    public List<Claim> claim(String me, Duration ttl) {
        List<?> ids = rows.createNativeQuery(TAKE)
                .setParameter("me", me)
                .setParameter("ttl", ttl.toMillis())
                .getResultList();
        return ids.stream()
                .map(id -> rows.find(RunEntity.class, id))
                .map(row -> new Claim(RunRows.run(rows, row), row.fileName, row.fileText))
                .toList();
    }

    /** Stays the owner of all that it owns; answers what is asked of these runs. */
    @Transactional
    public Map<String, Optional<Wish>> renew(String me, Duration ttl) {
        List<?> owned = rows.createNativeQuery(RENEW)
                .setParameter("me", me)
                .setParameter("ttl", ttl.toMillis())
                .getResultList();
        Map<String, Optional<Wish>> wishes = new HashMap<>();
        for (Object row : owned) {
            Object[] columns = (Object[]) row;
            wishes.put(
                    (String) columns[0],
                    Optional.ofNullable((String) columns[1]).map(Wish::valueOf));
        }
        return wishes;
    }

    /** Lets go of one run, or of all, so that another may take over at once. */
    @Transactional
    public void release(String me, @Nullable String runId) {
        String all = "update {h-schema}run set owner = null, owner_until = null where owner = :me";
        var query = rows.createNativeQuery(runId == null ? all : all + " and id = :run")
                .setParameter("me", me);
        if (runId != null) {
            query.setParameter("run", runId);
        }
        query.executeUpdate();
    }

    /** Begins the run, or goes on with it. */
    @Transactional
    public Run begin(String me, String runId, Instant now) {
        RunEntity row = own(me, runId);
        switch (RunRows.status(row)) {
            case RunStatus.Pending pending -> {
                boolean fresh = pending.before() == null;
                RunRows.start(row, pending.start(now));
                if (fresh) {
                    List<String> steps = RunRows.steps(rows, runId).stream()
                            .map(RunStep::name)
                            .toList();
                    facts.tell(new RunStarted(row.migrationId, runId, now, row.kind, row.trigger, steps));
                }
            }
            case RunStatus.Paused paused -> {
                RunRows.start(row, paused.end(now));
                facts.tell(new RunResumed(row.migrationId, runId, now, "in order to be ended, asked by " + row.wishBy));
            }
            case RunStatus.Running running ->
                facts.tell(new RunResumed(row.migrationId, runId, now, "its runner was restarted or lost"));
            case RunStatus.Ended ended -> throw new Suspended("run " + runId + " has ended");
        }
        return RunRows.run(rows, row);
    }

    /** Lets the run stand still, as was asked for; the runner owns it no more. */
    @Transactional
    public void pause(String me, String runId, Instant now) {
        RunEntity row = own(me, runId);
        if (row.wish != Wish.PAUSE || !(RunRows.status(row) instanceof RunStatus.Running running)) {
            return; // taken back meanwhile: it goes on
        }
        String by = row.wishBy;
        RunRows.move(row, running.pause(now));
        facts.tell(new RunPaused(row.migrationId, runId, now, "asked by " + by));
        rows.flush();
        release(me, runId);
    }

    /** Begins a step that has not begun. */
    @Transactional
    public void beginStep(String me, String runId, int index, Instant now) {
        String migration = mine(me, runId);
        StepEntity step = step(runId, index);
        if (step.startedAt == null) {
            step.startedAt = now;
            facts.tell(new StepStarted(migration, runId, now, step.name, index, RunRows.howManySteps(rows, runId)));
        }
    }

    /** Finishes a step that is not done. */
    @Transactional
    public void finishStep(String me, String runId, int index, long changed, Instant now) {
        String migration = mine(me, runId);
        StepEntity step = step(runId, index);
        if (step.finishedAt == null) {
            Instant since = step.startedAt == null ? now : step.startedAt;
            Duration took = Duration.between(since, now);
            step.finishedAt = now;
            step.rows = changed;
            rows.createNativeQuery(ADD)
                    .setParameter("rows", changed)
                    .setParameter("run", runId)
                    .executeUpdate();
            facts.tell(new StepFinished(
                    migration, runId, now, step.name, index, changed, took.isNegative() ? Duration.ZERO : took));
        }
    }

    /** Ends the run. */
    @Transactional
    public RunStatus.Ended end(String me, String runId, RunStatus.Ended ended) {
        RunEntity row = own(me, runId);
        RunRows.move(row, ended);
        facts.tell(
                ended instanceof RunStatus.Failed failed
                        ? new RunFailed(
                                row.migrationId,
                                runId,
                                ended.at(),
                                failed.failure().step(),
                                failed.failure().type().label(),
                                failed.failure().message(),
                                ended.took(),
                                failed.failure().keyRange(),
                                failed.failure().serverCode())
                        : new RunFinished(row.migrationId, runId, ended.at(), ended.state(), row.rows, ended.took()));
        if (row.undoRun != null && ended instanceof RunStatus.Succeeded) {
            facts.tell(new RunRolledBack(row.migrationId, row.undoRun, ended.at(), runId));
        }
        return ended;
    }

    /** What the engine noted. */
    @Transactional
    public Optional<String> note(String me, String runId) {
        return Optional.ofNullable(own(me, runId).note);
    }

    /** Notes something for the engine. */
    @Transactional
    public void note(String me, String runId, String note) {
        own(me, runId).note = note;
    }

    /** Keeps a sample for readers after a restart. */
    @Transactional
    public void keep(String runId, String sample) {
        rows.createNativeQuery("update {h-schema}run set sample = :sample where id = :run")
                .setParameter("sample", sample)
                .setParameter("run", runId)
                .executeUpdate();
    }

    private RunEntity own(String me, String runId) {
        RunEntity row = rows.find(RunEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || !me.equals(row.owner) || row.state.isFinal()) {
            throw lost(runId);
        }
        return row;
    }

    /** The same without its row, which holds the migration's whole file; answers the migration's id. */
    private String mine(String me, String runId) {
        List<?> found = rows.createNativeQuery(MINE)
                .setParameter("run", runId)
                .setParameter("me", me)
                .getResultList();
        if (found.isEmpty()) {
            throw lost(runId);
        }
        return (String) found.getFirst();
    }

    private static Suspended lost(String runId) {
        return new Suspended("another runner works on run " + runId + ", or it has ended");
    }

    private StepEntity step(String runId, int index) {
        StepEntity step = rows.find(StepEntity.class, new StepEntity.Key(runId, index));
        if (step == null) {
            throw new IllegalStateException("run " + runId + " has no step " + index);
        }
        return step;
    }
}
