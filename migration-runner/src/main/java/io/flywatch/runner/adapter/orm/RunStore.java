package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.RunState;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.Triggered;
import io.flywatch.runner.run.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All runs: made, looked at, and asked to end. What their runners do to them is in {@link OwnedRuns}. */
@ApplicationScoped
public class RunStore {
    private static final int LATEST = 200;

    private final EntityManager rows;

    RunStore(EntityManager rows) {
        this.rows = rows;
    }

    /**
     * Makes a run, unless the key was seen before or a run of the migration is active. Triggers of one migration come one after
     * the other here, on whatever runner.
     */
    @Transactional
    public Triggered create(Declared declared, List<String> steps, String trigger, @Nullable String key, Instant now) {
        String migrationId = declared.migration().id();
        rows.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtext('flywatch-run'), hashtext(:id))")
                .setParameter("id", migrationId)
                .getSingleResult();
        Optional<Triggered> before = before(migrationId, key);
        if (before.isPresent()) {
            return before.get();
        }
        RunEntity row = new RunEntity();
        row.id = UUID.randomUUID().toString();
        row.migrationId = migrationId;
        row.kind = declared.migration().kind();
        row.state = RunState.PENDING;
        row.trigger = trigger;
        row.idempotencyKey = key;
        row.createdAt = now;
        row.fileName = declared.file();
        row.fileText = declared.text();
        rows.persist(row);
        for (int i = 0; i < steps.size(); i++) {
            StepEntity step = new StepEntity();
            step.key = new StepEntity.Key(row.id, i + 1);
            step.name = steps.get(i);
            rows.persist(step);
        }
        rows.flush();
        return new Triggered.Created(RunRows.run(rows, row));
    }

    /** What a trigger would meet now: a run with its key, or an active one. */
    @Transactional
    public Optional<Triggered> before(String migrationId, @Nullable String key) {
        Optional<Run> repeated = key == null
                ? Optional.empty()
                : query("where r.migrationId = ?1 and r.idempotencyKey = ?2", 1, migrationId, key).stream()
                        .findFirst();
        if (repeated.isPresent()) {
            return Optional.of(new Triggered.Repeated(repeated.get()));
        }
        return active(migrationId).map(Triggered.Busy::new);
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
        return query("where r.migrationId = ?1 order by r.createdAt desc", 1, migrationId).stream()
                .findFirst();
    }

    /** The latest runs, the newest first. */
    @Transactional
    public List<Run> list() {
        return query("order by r.createdAt desc", LATEST);
    }

    /** The latest runs of a migration, the newest first. */
    @Transactional
    public List<Run> list(String migrationId) {
        return query("where r.migrationId = ?1 order by r.createdAt desc", LATEST, migrationId);
    }

    /** That run of that migration. */
    @Transactional
    public Optional<Run> find(String migrationId, String runId) {
        return query("where r.migrationId = ?1 and r.id = ?2", 1, migrationId, runId).stream()
                .findFirst();
    }

    /** The latest sample of a run that was kept. */
    @Transactional
    public Optional<String> sample(String runId) {
        return Optional.ofNullable(rows.find(RunEntity.class, runId)).map(it -> it.sample);
    }

    /** Asks something of a run; false if it has ended meanwhile. */
    @Transactional
    public boolean wish(String runId, Wish wish) {
        RunEntity row = rows.find(RunEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.state.isFinal()) {
            return false;
        }
        row.wish = wish;
        return true;
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
