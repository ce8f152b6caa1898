package io.flywatch.runner;

import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.adapter.orm.OwnedRuns;
import io.flywatch.runner.adapter.orm.UsualRates;
import io.flywatch.runner.adapter.yaml.MigrationFolder;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.run.Claim;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Undo;
import io.flywatch.runner.run.Wish;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Takes runs that nobody works on, works on each on a thread of its own, and stays their owner while it does. */
@Singleton
public final class RunWorker {
    private static final Logger LOG = Logger.getLogger(RunWorker.class);
    private static final int REMEMBERED = 1_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final String me = UUID.randomUUID().toString();
    private final OwnedRuns store;
    private final UsualRates rates;
    private final Engines engines;
    private final RunnerMetrics metrics;
    private final Duration ownership;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Working> working = new ConcurrentHashMap<>();
    private final Map<String, ProgressSample> last = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private boolean away;

    private record Working(ActiveRun run, Thread thread) {}

    RunWorker(OwnedRuns store, UsualRates rates, Engines engines, RunnerMetrics metrics, RunnerConfig config) {
        this.store = store;
        this.rates = rates;
        this.engines = engines;
        this.metrics = metrics;
        this.ownership = config.ownership();
    }

    /** Stays the owner of what it works on, and takes what nobody works on; called again and again by one thread. */
    void tend() {
        try {
            renew();
            if (!stopping) {
                store.claim(me, ownership).forEach(this::start);
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warnf("control database is away reason=%s", e.getMessage());
            }
            away = true;
        }
    }

    private void renew() {
        long askedAt = System.nanoTime();
        Map<String, Optional<Wish>> mine = store.renew(me, ownership);
        working.forEach((id, it) -> {
            Optional<Wish> wish = mine.get(id);
            if (wish == null) {
                it.run.stop();
            } else {
                it.run.renewed(askedAt, wish);
            }
        });
        for (String id : mine.keySet()) {
            if (!working.containsKey(id)) {
                store.release(me, id);
            }
        }
    }

    /** The samples of all runs at work, now. */
    List<ProgressSample> samples() {
        List<ProgressSample> samples = new ArrayList<>();
        working.values().forEach(it -> samples.add(it.run.sample(RunState.RUNNING)));
        return samples;
    }

    /** The last sample of a run that ended here lately. */
    Optional<ProgressSample> last(String runId) {
        return Optional.ofNullable(last.get(runId));
    }

    /** Leaves all runs as they are, so that another runner, or this one after its start, goes on at once. */
    void stop() {
        stopping = true;
        working.values().forEach(it -> it.run.stop());
        long until = System.nanoTime() + FAREWELL.toNanos();
        for (Working it : working.values()) {
            try {
                it.thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            store.release(me, null);
        } catch (RuntimeException e) {
            LOG.warnf("runs stay owned until the time is up reason=%s", e.getMessage());
        }
    }

    private void start(Claim claim) {
        Run run = claim.run();
        ActiveRun active = new ActiveRun(store, me, run, ownership, clock);
        Thread thread = Thread.ofPlatform()
                .name("run-" + run.migrationId())
                .daemon(true)
                .unstarted(() -> work(claim, active));
        working.put(run.id(), new Working(active, thread));
        thread.start();
    }

    private void work(Claim claim, ActiveRun active) {
        Run run = claim.run();
        MDC.put("migrationId", run.migrationId());
        MDC.put("runId", run.id());
        try {
            Run begun = store.begin(me, run.id(), clock.instant());
            LOG.infof("run works migration=%s run=%s", run.migrationId(), run.id());
            boolean forward = run.undo() == null;
            if (forward) {
                rates.of(run.migrationId()).ifPresent(active::usually);
            }
            Outcome outcome = outcome(claim, active);
            if (begun.status() instanceof RunStatus.Running running) {
                RunStatus.Ended ended = ended(running, outcome);
                keep(active.sample(ended.state()));
                if (forward) {
                    active.usual().ifPresent(rate -> rates.keep(run.id(), rate));
                }
                ended(run, store.end(me, run.id(), ended));
            }
        } catch (Suspended e) {
            leave(run, active, e);
        } catch (RuntimeException e) {
            LOG.warnf(e, "run is left as it is run=%s", run.id());
        } finally {
            working.remove(run.id());
            MDC.clear();
        }
    }

    private void leave(Run run, ActiveRun active, Suspended why) {
        LOG.infof("run is left as it is run=%s reason=%s", run.id(), why.getMessage());
        if (!why.isOnDemand()) {
            return;
        }
        try {
            store.pause(me, run.id(), clock.instant());
            keep(active.sample(RunState.PAUSED));
        } catch (RuntimeException e) {
            LOG.warnf("run is paused later run=%s reason=%s", run.id(), e.getMessage());
        }
    }

    /** Samples come once a second, so the last of them may not know of the end. */
    private void keep(ProgressSample sample) {
        if (last.size() > REMEMBERED) {
            last.clear();
        }
        last.put(sample.runId(), sample);
    }

    private Outcome outcome(Claim claim, ActiveRun active) {
        try {
            Undo undo = claim.run().undo();
            return undo == null
                    ? engines.work(migration(claim), active)
                    : engines.rollBack(migration(claim), undo, active);
        } catch (RunFailure e) {
            return new Outcome.Broken(new Failure(null, e.type(), e.text()));
        } catch (Suspended e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf(e, "run failed by a mistake run=%s", claim.run().id());
            String message = "A mistake in Flywatch: " + e + ". The runner's log has the details.";
            return new Outcome.Broken(new Failure(null, FailureType.INTERNAL, message));
        }
    }

    private static Migration migration(Claim claim) {
        return MigrationFolder.kept(claim.file(), claim.text()).migration();
    }

    private RunStatus.Ended ended(RunStatus.Running running, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> running.succeed(clock.instant());
            case Outcome.Stopped stopped -> running.cancel(clock.instant());
            case Outcome.Broken broken -> running.fail(broken.failure(), clock.instant());
        };
    }

    private void ended(Run run, RunStatus.Ended ended) {
        metrics.ended(run.migrationId(), run.kind(), ended);
        LOG.infof("run ended migration=%s run=%s state=%s", run.migrationId(), run.id(), ended.state());
        if (ended instanceof RunStatus.Failed failed) {
            LOG.warnf("run failed run=%s reason=%s", run.id(), failed.failure().message());
        }
    }
}
