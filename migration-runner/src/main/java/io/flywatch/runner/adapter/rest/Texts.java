package io.flywatch.runner.adapter.rest;

import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.TableProgress;
import io.flywatch.runner.gate.Condition;
import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.RunStep;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The same answers for a terminal. */
final class Texts {
    private static final int BAR = 24;

    private Texts() {}

    static String migrations(Declarations declarations) {
        StringBuilder text = new StringBuilder();
        declarations
                .valid()
                .forEach(it -> line(
                        text,
                        "%-24s %-12s %s",
                        it.migration().id(),
                        it.migration().kind().name().toLowerCase(Locale.ROOT),
                        it.migration().description()));
        declarations.broken().forEach(it -> {
            line(text, "broken: %s", it.file());
            it.flaws().stream().map(Flaw::text).forEach(flaw -> line(text, "  %s", flaw));
        });
        return text.isEmpty() ? "nothing is declared\n" : text.toString();
    }

    static String runs(List<RunView> runs) {
        StringBuilder text = new StringBuilder();
        runs.forEach(it -> line(text, "%s  %-24s %-10s %s", it.id(), it.migrationId(), name(it), it.createdAt()));
        return text.isEmpty() ? "no runs\n" : text.toString();
    }

    static String run(RunView run) {
        StringBuilder text = new StringBuilder();
        line(text, "run %s of %s: %s", run.id(), run.migrationId(), name(run));
        if (run.failure() != null) {
            failure(text, "failed", run.failure());
        }
        run.earlierFailures().forEach(it -> failure(text, "an earlier attempt failed", it));
        if (run.rollback() != null) {
            line(
                    text,
                    "rollback %s: %s",
                    run.rollback().run(),
                    name(run.rollback().state()));
            if (run.rollback().failure() != null) {
                failure(text, "the rollback failed", run.rollback().failure());
            }
        }
        for (RunStep step : run.steps()) {
            String state = step.isDone()
                    ? "done"
                    : step.startedAt() == null ? "" : run.state().isFinal() ? "left" : "at work";
            line(text, "  %3d %-40s %-8s %,d rows", step.index(), step.name(), state, step.rows());
        }
        if (run.verification() != null) {
            line(
                    text,
                    "verification %s: %s",
                    run.verification().verificationId(),
                    run.verification().reason());
        }
        if (run.progress() != null && !run.state().isFinal()) {
            progress(text, run.progress());
        }
        return text.toString();
    }

    static String dryRun(String id, DryRun dryRun) {
        StringBuilder text = new StringBuilder();
        line(text, "a run of %s would%s", id, dryRun.refusals().isEmpty() ? ":" : " be refused:");
        dryRun.refusals().forEach(it -> line(text, "  refused: %s", it));
        for (DryRun.Step step : dryRun.steps()) {
            line(text, "  %3d %-40s %-8s %s", step.index(), step.name(), name(step.state()), step.would());
            if (step.matches() != null) {
                String index = step.servedBy() == null ? "" : ", found by index " + step.servedBy();
                line(text, "      finds %,d%s", step.matches(), index);
            }
            step.warnings().forEach(it -> line(text, "      warning: %s", it));
        }
        dryRun.remarks().forEach(it -> line(text, "  note: %s", it));
        return text.toString();
    }

    private static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static String gate(Gate gate) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "gate of %s: %s (at %s, valid until %s)",
                gate.migrationId(),
                gate.open() ? "open" : "closed",
                gate.at().truncatedTo(ChronoUnit.SECONDS),
                gate.validUntil().truncatedTo(ChronoUnit.SECONDS));
        for (Condition it : gate.conditions()) {
            line(text, "  %-8s %-14s %s", name(it.verdict()), it.name(), it.evidence());
            if (it.remedy() != null) {
                line(text, "  %-23s %s", "", it.remedy());
            }
        }
        return text.toString();
    }

    private static void failure(StringBuilder text, String how, RunView.FailureView failure) {
        line(text, "%s%s: %s", how, failure.step() == null ? "" : " in " + failure.step(), failure.message());
        if (failure.keyRange() != null) {
            line(text, "  at %s", failure.keyRange());
        }
        if (failure.serverCode() != null) {
            line(text, "  the server's code: %s", failure.serverCode());
        }
    }

    private static void progress(StringBuilder text, ProgressSample sample) {
        line(text, "%s", sample.activity());
        bar(text, "all", sample.rowsDone(), sample.rowsTotal(), sample.rowsPerSecond(), sample.eta());
        for (TableProgress it : sample.tables()) {
            bar(text, it.table(), it.rowsDone(), it.rowsTotal(), it.rowsPerSecond(), it.eta());
        }
    }

    private static void bar(
            StringBuilder text, String name, long done, @Nullable Long total, double rate, @Nullable Eta eta) {
        String share = "";
        if (total != null) {
            double part = total == 0 ? 1 : Math.min(1, (double) done / total);
            int filled = (int) (part * BAR);
            share = "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + (int) (part * 100) + " %";
        }
        String left = eta == null ? "" : "left " + time(eta.low()) + " to " + time(eta.high());
        line(text, "  %-28s %-32s %,12d rows %,10.0f/s %s", name, share, done, rate, left);
    }

    private static String time(Duration time) {
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0
                        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                        : time.toSeconds() + " s";
    }

    private static String name(RunView run) {
        return name(run.state());
    }

    @SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency of its own
    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
