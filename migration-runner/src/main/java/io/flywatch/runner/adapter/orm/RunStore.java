package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.RunState;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.Trigger;
import io.flywatch.runner.run.Triggered;
import io.flywatch.runner.run.Undo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** All runs: made and looked at. What is demanded of them is in {@link Demands}, what their runners do in {@link OwnedRuns}. */
@ApplicationScoped
public class RunStore {
    private static final int LATEST = 200;
    private static final String NEWEST_FIRST = " order by r.number desc";

    private final EntityManager rows;

    RunStore(EntityManager rows) {
        this.rows = rows;
    }

    /**
     * Makes a run, unless the key was seen before or a run of the migration is active. Triggers of one migration come one after
     * the other here, on whatever runner.
     */
    @Transactional
    public Triggered create(Declared declared, List<String> steps, Trigger trigger, Instant now) {
        String migrationId = declared.migration().id();
        oneAfterTheOther(rows, migrationId);
        Optional<Triggered> before = before(migrationId, trigger);
        if (before.isPresent()) {
            return before.get();
        }
        RunEntity row = new RunEntity();
        row.id = UUID.randomUUID().toString();
        row.migrationId = migrationId;
        row.kind = declared.migration().kind();
        row.state = RunState.PENDING;
        row.trigger = trigger.by();
        row.idempotencyKey = trigger.key();
        row.createdAt = now;
        row.fileName = declared.file();
        row.fileText = declared.text();
        undo(row, trigger);
        rows.persist(row);
        RunRows.addSteps(rows, row.id, steps, 0);
        rows.flush();
        return new Triggered.Created(RunRows.run(rows, row));
    }

    private static void undo(RunEntity row, Trigger trigger) {
        switch (trigger.undo()) {
            case Undo.OfRun it -> row.undoRun = it.runId();
            case Undo.After it -> row.undoAfter = it.version();
            case null -> {}
        }
    }

    static void oneAfterTheOther(EntityManager rows, String migrationId) {
        rows.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtext('flywatch-run'), hashtext(:id))")
                .setParameter("id", migrationId)
                .getSingleResult();
    }

    /** What a trigger would meet now: a run with its key, or an active one. */
    @Transactional
    public Optional<Triggered> before(String migrationId, Trigger trigger) {
        if (trigger.key() != null) {
            Optional<Run> repeated =
                    query("where r.migrationId = ?1 and r.idempotencyKey = ?2", 1, migrationId, trigger.key()).stream()
                            .findFirst();
            if (repeated.isPresent()) {
                return repeated.map(it -> repeated(it, trigger));
            }
        }
        // The one that is active may have come between the two questions.
        return active(migrationId)
                .map(it -> trigger.key() != null && trigger.key().equals(it.idempotencyKey())
                        ? repeated(it, trigger)
                        : new Triggered.Busy(it));
    }

    private static Triggered repeated(Run run, Trigger trigger) {
        return Objects.equals(run.undo(), trigger.undo()) ? new Triggered.Repeated(run) : new Triggered.Misused(run);
    }

    /** The run of the migration that is active. */
    @Transactional
    public Optional<Run> active(String migrationId) {
        return query("where r.migrationId = ?1 and r.state in (PENDING, RUNNING, PAUSED)", 1, migrationId).stream()
                .findFirst();
    }

    /** The latest run of the migration, active or not. */
    @Transactional
    public Optional<Run> latest(String migrationId) {
        return query("where r.migrationId = ?1" + NEWEST_FIRST, 1, migrationId).stream()
                .findFirst();
    }

    /** The latest runs, the newest first. */
    @Transactional
    public List<Run> list() {
        return query(NEWEST_FIRST, LATEST);
    }

    /** The latest runs of a migration, the newest first. */
    @Transactional
    public List<Run> list(String migrationId) {
        return query("where r.migrationId = ?1" + NEWEST_FIRST, LATEST, migrationId);
    }

    /** That run of that migration. */
    @Transactional
    public Optional<Run> find(String migrationId, String runId) {
        return query("where r.migrationId = ?1 and r.id = ?2", 1, migrationId, runId).stream()
                .findFirst();
    }

    /** The latest rollback of a run. */
    @Transactional
    public Optional<Run> rollbackOf(String runId) {
        return query("where r.undoRun = ?1" + NEWEST_FIRST, 1, runId).stream().findFirst();
    }

    /** Failures of a run's attempts that were retried since, the first first. */
    @Transactional
    public List<Failure> earlierFailures(String runId) {
        return rows.createQuery(
                        "from FailureEntity f where f.key.runId = :run order by f.key.attempt", FailureEntity.class)
                .setParameter("run", runId)
                .getResultStream()
                .map(RunRows::failure)
                .toList();
    }

    /** The file that a run was started with. */
    @Transactional
    public Optional<Written> written(String runId) {
        return Optional.ofNullable(rows.find(RunEntity.class, runId)).map(it -> new Written(it.fileName, it.fileText));
    }

    /** A file's name and what it said. */
    public record Written(String name, String text) {}

    /** What the run's engine noted in it. */
    @Transactional
    public Optional<String> note(String runId) {
        return Optional.ofNullable(rows.find(RunEntity.class, runId)).map(it -> it.note);
    }

    /** The latest sample of a run that was kept. */
    @Transactional
    public Optional<String> sample(String runId) {
        return Optional.ofNullable(rows.find(RunEntity.class, runId)).map(it -> it.sample);
    }

    private List<Run> query(String clauses, int most, Object... parameters) {
        var query =
                rows.createQuery("from RunEntity r " + clauses, RunEntity.class).setMaxResults(most);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query.getResultStream().map(it -> RunRows.run(rows, it)).toList();
    }
}
