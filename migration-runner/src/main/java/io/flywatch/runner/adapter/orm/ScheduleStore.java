package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.RunSkipped;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.run.Trigger;
import io.flywatch.runner.run.Triggered;
import io.flywatch.runner.schedule.Fired;
import io.flywatch.runner.schedule.Fired.Outcome;
import io.flywatch.runner.schedule.Schedule;
import io.flywatch.runner.schedule.Schedule.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deals with each time of a schedule once, whatever runners are there: the run and that it was dealt with are one transaction. */
@ApplicationScoped
public class ScheduleStore {
    /** A time further ahead than that was written by a clock that was wrong. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final EntityManager rows;
    private final RunStore runs;
    private final Facts facts;

    ScheduleStore(EntityManager rows, RunStore runs, Facts facts) {
        this.rows = rows;
        this.runs = runs;
        this.facts = facts;
    }

    /**
     * Deals with what is due.
     *
     * @param steps the names of the steps of a run
     * @return what became of it; empty if nothing was due
     */
    @Transactional
    public Optional<Fired> tend(Declared declared, Schedule schedule, List<String> steps, Instant now) {
        ScheduleEntity row = row(declared.migration().id(), schedule, now);
        if (!row.timetable.equals(schedule.text()) || row.handled.isAfter(now.plus(AHEAD))) {
            row.timetable = schedule.text();
            row.handled = now;
            return Optional.empty();
        }
        return switch (schedule.due(row.handled, now)) {
            case Due.Nothing it -> Optional.empty();
            case Due.Tell it ->
                Optional.of(skip(row, it.time(), Outcome.MISSED, "no runner was there at the time", now));
            case Due.Start it -> Optional.of(start(row, declared, steps, it.time(), now));
        };
    }

    private ScheduleEntity row(String migrationId, Schedule schedule, Instant now) {
        rows.createNativeQuery("insert into {h-schema}schedule (migration_id, timetable, handled)"
                        + " values (:id, :timetable, :now) on conflict do nothing")
                .setParameter("id", migrationId)
                .setParameter("timetable", schedule.text())
                .setParameter("now", now)
                .executeUpdate();
        ScheduleEntity row = rows.find(ScheduleEntity.class, migrationId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new IllegalStateException("the schedule of " + migrationId + " was just written");
        }
        return row;
    }

    private Fired start(ScheduleEntity row, Declared declared, List<String> steps, Instant due, Instant now) {
        Trigger trigger = Trigger.schedule("schedule/" + due);
        return switch (runs.create(declared, steps, trigger, now)) {
            case Triggered.Created it ->
                keep(row, new Fired(due, Outcome.STARTED, it.run().id(), "a run was started"));
            case Triggered.Repeated it ->
                keep(row, new Fired(due, Outcome.STARTED, it.run().id(), "a run was started before"));
            case Triggered.Misused it -> skip(row, due, Outcome.SKIPPED, "its key was used by another run", now);
            case Triggered.Busy it ->
                skip(
                        row,
                        due,
                        Outcome.SKIPPED,
                        "run " + it.run().id() + " is " + it.run().told(),
                        now);
        };
    }

    private Fired skip(ScheduleEntity row, Instant due, Outcome outcome, String why, Instant now) {
        facts.tell(new RunSkipped(row.migrationId, null, now, due, why));
        return keep(row, new Fired(due, outcome, null, why));
    }

    private static Fired keep(ScheduleEntity row, Fired fired) {
        row.handled = fired.due();
        row.outcome = fired.outcome().name();
        row.runId = fired.run();
        row.told = fired.told();
        return fired;
    }

    /** What became of the last time that was due. */
    @Transactional
    public Optional<Fired> last(String migrationId) {
        @Nullable ScheduleEntity row = rows.find(ScheduleEntity.class, migrationId);
        return row == null || row.outcome == null
                ? Optional.empty()
                : Optional.of(new Fired(row.handled, Outcome.valueOf(row.outcome), row.runId, row.told));
    }
}
