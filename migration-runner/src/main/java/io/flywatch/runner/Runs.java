package io.flywatch.runner;

import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.adapter.yaml.MigrationFolder;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Triggered;
import io.flywatch.runner.run.Wish;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What callers may ask for: start a run, end a run. */
@Singleton
public final class Runs {
    private static final Logger LOG = Logger.getLogger(Runs.class);

    private final MigrationFolder folder;
    private final RunStore store;
    private final Engines engines;
    private final Heartbeat heartbeat;
    private final RunnerMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Runs(RunnerConfig config, RunStore store, Engines engines, Heartbeat heartbeat, RunnerMetrics metrics) {
        this.folder = new MigrationFolder(config.location());
        this.store = store;
        this.engines = engines;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        Declarations declarations = declarations();
        LOG.infof(
                "migrations declared=%s broken=%s",
                declarations.valid().size(), declarations.broken().size());
        declarations
                .broken()
                .forEach(it -> it.flaws().forEach(flaw -> LOG.warnf("declaration is wrong at=%s", flaw.text())));
    }

    /** The answer to a trigger. */
    public sealed interface Answer {
        /** A new run. */
        record Started(Run run) implements Answer {}

        /** The run that an earlier trigger with the same key started. */
        record Repeated(Run run) implements Answer {}

        /** Nothing was started: this run of the migration is active. */
        record Busy(Run run) implements Answer {}

        /** Nothing was started: no file declares it; these are declared. */
        record Unknown(List<String> declared) implements Answer {}

        /** Nothing was started: its file is wrong. */
        record Malformed(List<Flaw> flaws) implements Answer {}

        /** Nothing was started, and nothing was changed: it could not begin. */
        record Impossible(RunFailure why) implements Answer {}
    }

    /** All that is declared now. */
    public Declarations declarations() {
        Declarations declarations = folder.read();
        metrics.declare(declarations);
        return declarations;
    }

    /** Starts a run, if it could begin. */
    public Answer start(String migrationId, @Nullable String key) {
        return trigger(migrationId, key, "rest", true);
    }

    /** Starts a run without looking whether it could begin: nobody waits for the answer, so the run itself tells it. */
    public Answer command(String migrationId, @Nullable String key) {
        return trigger(migrationId, key, "command", false);
    }

    private Answer trigger(String migrationId, @Nullable String key, String trigger, boolean check) {
        Declarations declarations = declarations();
        Optional<Declared> declared = declarations.find(migrationId);
        if (declared.isEmpty()) {
            List<Flaw> flaws = declarations.flawsOf(migrationId);
            return flaws.isEmpty() ? new Answer.Unknown(declarations.ids()) : new Answer.Malformed(flaws);
        }
        Optional<Triggered> before = store.before(migrationId, key);
        if (before.isPresent()) {
            return answer(before.get());
        }
        try {
            if (check) {
                engines.check(declared.get().migration());
            }
        } catch (RunFailure e) {
            return new Answer.Impossible(e);
        }
        List<String> steps = engines.steps(declared.get().migration());
        Answer answer = answer(store.create(declared.get(), steps, trigger, key, clock.instant()));
        heartbeat.hurry();
        return answer;
    }

    private static Answer answer(Triggered triggered) {
        return switch (triggered) {
            case Triggered.Created it -> new Answer.Started(it.run());
            case Triggered.Repeated it -> new Answer.Repeated(it.run());
            case Triggered.Busy it -> new Answer.Busy(it.run());
        };
    }

    /** Asks a run to end; false if it has ended meanwhile. */
    public boolean ask(Run run, Wish wish) {
        boolean asked = store.wish(run.id(), wish);
        heartbeat.hurry();
        return asked;
    }
}
