package io.flywatch.runner.adapter.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.adapter.jdbc.SqlTarget;
import io.flywatch.runner.adapter.orm.ExternalReports;
import io.flywatch.runner.adapter.orm.ExternalReports.Told;
import io.flywatch.runner.external.Silence;
import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.run.Engine;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the work of somebody else's tool until the tool says that it ended, somebody cancels the run, or it is silent for too long. */
@Singleton
final class ExternalEngine implements Engine<ExternalMigration> {
    static final String STEP = "tool";

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ExternalReports reports;
    private final Connections connections;
    private final RunnerConfig config;
    private final RunnerMetrics metrics;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();

    ExternalEngine(
            ExternalReports reports,
            Connections connections,
            RunnerConfig config,
            RunnerMetrics metrics,
            ObjectMapper json) {
        this.reports = reports;
        this.connections = connections;
        this.config = config;
        this.metrics = metrics;
        this.json = json;
    }

    @Override
    public List<String> steps(ExternalMigration migration) {
        return List.of(STEP);
    }

    @Override
    public void check(ExternalMigration migration) {
        try (ToolWatch watch = watch(migration)) {
            if (watch != null) {
                watch.check();
            }
        }
    }

    private @Nullable ToolWatch watch(ExternalMigration migration) {
        return migration.watch() == null
                ? null
                : new ToolWatch(
                        migration,
                        migration.watch(),
                        SqlTarget.of(migration.watch().connection(), connections),
                        config.checkTimeout());
    }

    @Override
    public Outcome work(ExternalMigration migration, Journal journal) {
        ToolProgress progress = new ToolProgress(migration);
        journal.observe(progress::get);
        journal.stepStarted(1);
        try (ToolWatch watch = watch(migration)) {
            return follow(migration, journal, progress, watch);
        } catch (RunFailure e) {
            return new Outcome.Broken(new Failure(STEP, e.type(), e.text()));
        }
    }

    private Outcome follow(
            ExternalMigration migration, Journal journal, ToolProgress progress, @Nullable ToolWatch watch) {
        Map<String, Long> counted = new HashMap<>();
        long errors = -1;
        Instant begun = begun(journal);
        while (true) {
            Optional<ToolWatch.Sight> sight = watch == null ? Optional.empty() : watch.look();
            sight.ifPresent(it -> progress.since(baseline(journal, it.changed())));
            progress.sees(sight.orElse(null));
            Told told = told(journal.run().id());
            Duration silence = silence(told, begun, sight);
            Silence.Meaning meaning = migration.silence().of(silence);
            progress.told(told.tally(), meaning == Silence.Meaning.NONE ? null : silence);
            count(migration.id(), counted, progress.rows(), errors < 0);
            metrics.reportedErrors(migration.id(), errors < 0 ? 0 : Math.max(0, progress.errors() - errors));
            errors = progress.errors();
            if (told.end() != null) {
                return ended(told, journal, progress);
            }
            if (journal.wish().filter(it -> it == Wish.CANCEL).isPresent()) {
                return new Outcome.Stopped();
            }
            if (meaning == Silence.Meaning.FAILS) {
                throw silent(silence, told);
            }
            journal.pause(SECOND);
        }
    }

    private Told told(String runId) {
        try {
            return reports.told(runId);
        } catch (RuntimeException e) {
            throw new Suspended("the control database is away", e);
        }
    }

    /** The run that was claimed may not have begun then. */
    private Instant begun(Journal journal) {
        Instant since = journal.run().status().startedAt();
        return since == null ? clock.instant() : since;
    }

    /** A session at the database is a sign of life, too. */
    private Duration silence(Told told, Instant begun, Optional<ToolWatch.Sight> sight) {
        if (sight.filter(it -> it.sessions() > 0).isPresent()) {
            return Duration.ZERO;
        }
        return told.silentFor() != null ? told.silentFor() : Duration.between(begun, clock.instant());
    }

    private void count(String migrationId, Map<String, Long> counted, Map<String, Long> rows, boolean first) {
        rows.forEach((table, count) -> {
            long before = counted.getOrDefault(table, first ? count : 0L);
            metrics.changed(migrationId, table, Math.max(0, count - before));
            counted.put(table, count);
        });
    }

    private Outcome ended(Told told, Journal journal, ToolProgress progress) {
        if (told.end() == ExternalReports.End.FAILED) {
            reports.forget(journal.run().id());
            String why = told.message() == null || told.message().isBlank() ? "it did not say why" : told.message();
            return new Outcome.Broken(
                    new Failure(STEP, FailureType.REPORTED, "The tool reports that it failed: " + why));
        }
        journal.stepFinished(
                1, progress.rows().values().stream().mapToLong(it -> it).sum());
        return new Outcome.Done();
    }

    private RunFailure silent(Duration silence, Told told) {
        return new RunFailure(
                FailureType.SILENT,
                "The tool was silent for %d s%s. Look whether it still runs, and start a new run with it."
                        .formatted(
                                silence.toSeconds(),
                                told.silentFor() == null ? ": it never reported" : " after its last report"));
    }

    private Map<String, Long> baseline(Journal journal, Map<String, Long> now) {
        Optional<String> note = journal.note().filter(it -> !it.isEmpty());
        try {
            if (note.isPresent()) {
                return json.readValue(note.get(), new TypeReference<Map<String, Long>>() {});
            }
            journal.note(json.writeValueAsString(now));
            return now;
        } catch (JsonProcessingException e) {
            throw new RunFailure(
                    FailureType.INTERNAL, "The run's note is not understood: " + e.getOriginalMessage(), e);
        }
    }
}
