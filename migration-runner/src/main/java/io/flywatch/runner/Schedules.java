package io.flywatch.runner;

import io.flywatch.runner.adapter.orm.ScheduleStore;
import io.flywatch.runner.adapter.yaml.MigrationFolder;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.schedule.Schedule;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks every few seconds whether a schedule wants a run. The files are the time table: one that was added, changed or removed needs no
 * restart, and what was dealt with is in the database, so that a restart neither loses nor repeats a time.
 */
@Singleton
public class Schedules {
    private static final Logger LOG = Logger.getLogger(Schedules.class);

    private final MigrationFolder folder;
    private final ScheduleStore store;
    private final Engines engines;
    private final Heartbeat heartbeat;
    private final RunnerMetrics metrics;
    private final Clock clock = Clock.systemUTC();
    private String seen = "";
    private List<Declared> scheduled = List.of();

    Schedules(RunnerConfig config, ScheduleStore store, Engines engines, Heartbeat heartbeat, RunnerMetrics metrics) {
        this.folder = new MigrationFolder(config.location());
        this.store = store;
        this.engines = engines;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
    }

    /** Not before all has started: the scheduler is up earlier than what a run needs. */
    @Scheduled(
            every = "{flywatch.schedules.tick:5s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tick() {
        String stamp = folder.stamp();
        if (!stamp.equals(seen)) {
            scheduled = folder.read().valid().stream()
                    .filter(it -> it.schedule() != null)
                    .toList();
            seen = stamp;
        }
        for (Declared declared : scheduled) {
            Schedule schedule = declared.schedule();
            if (schedule != null) {
                tend(declared, schedule);
            }
        }
    }

    private void tend(Declared declared, Schedule schedule) {
        String migration = declared.migration().id();
        try {
            store.tend(declared, schedule, engines.steps(declared.migration()), clock.instant())
                    .ifPresent(fired -> {
                        metrics.fired(migration, fired.outcome());
                        heartbeat.hurry();
                        LOG.infof(
                                "schedule is due migration=%s due=%s outcome=%s told=%s",
                                migration, fired.due(), fired.outcome(), fired.told());
                    });
        } catch (RuntimeException e) {
            LOG.warnf("schedule waits migration=%s reason=%s", migration, e.getMessage());
        }
    }
}
