package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.RunRetried;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.run.Demand;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Rules;
import io.flywatch.runner.run.Ruling;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.RunStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * What callers demand of runs: ruled on and written down in one transaction with its fact, so that it holds whatever happens to the
 * runner.
 */
@ApplicationScoped
public class Demands {
    private final EntityManager rows;
    private final Facts facts;

    Demands(EntityManager rows, Facts facts) {
        this.rows = rows;
        this.facts = facts;
    }

    /** What the run would answer; changes nothing. */
    @Transactional
    public Ruling ask(Run run, Demand demand, Instant now) {
        return Rules.on(run, demand, isLatest(run), now);
    }

    /**
     * Rules on a demand and does what it comes to.
     *
     * @param by who demands it
     */
    @Transactional
    public Ruling make(String runId, Demand demand, String by, Instant now) {
        RunEntity row = locked(runId);
        Run run = RunRows.run(rows, row);
        Ruling ruling = ask(run, demand, now);
        switch (ruling) {
            case Ruling.Move it -> {
                RunRows.move(row, it.to());
                letGo(runId);
                if (it.to() instanceof RunStatus.Paused) {
                    facts.tell(new RunPaused(row.migrationId, runId, now, "asked by " + by));
                } else {
                    facts.tell(new RunResumed(row.migrationId, runId, now, "asked by " + by));
                }
            }
            case Ruling.Ask it -> {
                row.wish = it.wish();
                row.wishBy = by;
            }
            case Ruling.Undoable it -> {}
            case Ruling.Already it -> {}
            case Ruling.Refused it -> {}
        }
        return ruling;
    }

    /**
     * Lets a run that failed go on from the step that was not done, with the file as it is now.
     *
     * @param steps the names of all steps by that file
     */
    @Transactional
    public Ruling retry(String runId, Declared declared, List<String> steps, String by, Instant now) {
        RunEntity row = locked(runId);
        RunStore.oneAfterTheOther(rows, row.migrationId);
        Run run = RunRows.run(rows, row);
        Ruling ruling = ask(run, Demand.RETRY, now);
        if (!(ruling instanceof Ruling.Move move) || !(run.status() instanceof RunStatus.Failed failed)) {
            return ruling;
        }
        List<RunStep> done = run.steps().stream().filter(RunStep::isDone).toList();
        boolean fits = done.size() <= steps.size()
                && done.stream().allMatch(it -> steps.get(it.index() - 1).equals(it.name()));
        if (!fits) {
            return new Ruling.Refused(
                    "The file has other steps",
                    "The steps of run " + runId + " that are done are not those that the file begins with now.",
                    "Start a new run: it goes on from what is applied.");
        }
        remember(row, failed);
        row.attempt++;
        row.fileName = declared.file();
        row.fileText = declared.text();
        run.steps().stream()
                .filter(it -> it.index() > done.size())
                .map(it -> rows.find(StepEntity.class, new StepEntity.Key(runId, it.index())))
                .forEach(rows::remove);
        rows.flush();
        RunRows.addSteps(rows, runId, steps, done.size());
        RunRows.move(row, move.to());
        letGo(runId);
        facts.tell(new RunRetried(row.migrationId, runId, now, row.attempt, "asked by " + by));
        return ruling;
    }

    private void remember(RunEntity row, RunStatus.Failed failed) {
        Failure failure = failed.failure();
        FailureEntity kept = new FailureEntity();
        kept.key = new FailureEntity.Key(row.id, row.attempt);
        kept.failedAt = failed.at();
        kept.step = failure.step();
        kept.type = failure.type().label();
        kept.message = failure.message();
        kept.keyRange = failure.keyRange();
        kept.code = failure.serverCode();
        rows.persist(kept);
    }

    private boolean isLatest(Run run) {
        Number later = (Number) rows.createNativeQuery(
                        "select count(*) from {h-schema}run other join {h-schema}run this on other.migration_id = this.migration_id"
                                + " and other.number > this.number where this.id = :run")
                .setParameter("run", run.id())
                .getSingleResult();
        return later.longValue() == 0;
    }

    /** Whoever held it holds it no more, and finds that out before its next change. */
    private void letGo(String runId) {
        rows.flush();
        rows.createNativeQuery("update {h-schema}run set owner = null, owner_until = null where id = :run")
                .setParameter("run", runId)
                .executeUpdate();
    }

    private RunEntity locked(String runId) {
        RunEntity row = rows.find(RunEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new IllegalStateException("there is no run " + runId);
        }
        return row;
    }
}
