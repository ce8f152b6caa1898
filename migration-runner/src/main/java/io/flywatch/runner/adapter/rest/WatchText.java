package io.flywatch.runner.adapter.rest;

import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.run.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run in a terminal: a line for each step that is done, and one that is redrawn. What comes from outside (a server's message) loses
 * its control characters, so that it can't play with the terminal.
 */
final class WatchText {
    static final int NARROWEST = 40;
    static final int WIDEST = 300;
    private static final int BAR = 20;
    private static final int SHORTEST_BAR = 8;
    private static final int ACTIVITY = 24;
    private static final int AROUND_BAR = "[] 100 %  ".length();
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final int width;
    private final boolean redraw;
    private final boolean colours;
    private int told;
    private boolean begun;
    private boolean drawn;
    private String last = "";

    /**
     * Begins.
     *
     * @param width columns of the terminal
     * @param redraw whether one line is drawn anew; else each is a line of its own, and only if it says something else
     */
    WatchText(int width, boolean redraw, boolean colours) {
        this.width = width;
        this.redraw = redraw;
        this.colours = colours;
    }

    /** What is to be sent for the run as it is now. */
    String frame(RunView run) {
        StringBuilder text = new StringBuilder();
        if (!begun) {
            begun = true;
            line(text, "run %s of %s".formatted(run.id(), run.migrationId()), "");
        }
        for (RunStep step : run.steps()) {
            if (step.isDone() && step.index() > told) {
                told = step.index();
                line(text, done(run, step), GREEN);
            }
        }
        if (run.state().isFinal()) {
            line(text, end(run), run.state() == RunState.FAILED ? RED : GREEN);
        } else {
            now(text, current(run, redraw ? width : WIDEST));
        }
        return text.toString();
    }

    /** A sentence of its own, e.g. that nothing can be known now. */
    String remark(String what) {
        StringBuilder text = new StringBuilder();
        now(text, what);
        return text.toString();
    }

    private void line(StringBuilder text, String content, String colour) {
        String clean = clean(content);
        // A redrawn line is covered first; a longer one may wrap, as nothing is drawn over it.
        String cover = redraw && drawn && clean.length() < width - 1 ? " ".repeat(width - 1 - clean.length()) : "";
        text.append(redraw && drawn ? "\r" : "");
        text.append(colours && !colour.isEmpty() ? colour + clean + PLAIN : clean);
        text.append(cover).append('\n');
        drawn = false;
    }

    private void now(StringBuilder text, String content) {
        String clean = clean(content);
        if (!redraw) {
            if (!clean.equals(last)) {
                text.append(clean).append('\n');
                last = clean;
            }
            return;
        }
        String cut = clean.length() <= width - 1 ? clean : clean.substring(0, width - 4) + "...";
        text.append('\r').append(cut).append(" ".repeat(width - 1 - cut.length()));
        drawn = true;
    }

    private static String done(RunView run, RunStep step) {
        String took = step.startedAt() == null || step.finishedAt() == null
                ? ""
                : " in " + time(Duration.between(step.startedAt(), step.finishedAt()));
        String rows = step.rows() == 0 ? "" : String.format(Locale.ROOT, ", %,d rows", step.rows());
        return "%d/%d %s: done%s%s".formatted(step.index(), run.steps().size(), step.name(), took, rows);
    }

    /** Where the terminal is narrow, the bar is short, so that the time left is there whole. */
    private static String current(RunView run, int width) {
        if (run.state() == RunState.PAUSED) {
            return "paused" + (run.pausedAt() == null ? "" : " since " + run.pausedAt());
        }
        ProgressSample sample = run.progress();
        String wish = run.wish() == null ? "" : ", to " + run.wish();
        if (sample == null || run.state() == RunState.PENDING) {
            return run.state().name().toLowerCase(Locale.ROOT) + wish;
        }
        StringBuilder text = new StringBuilder(rows(sample));
        text.append(String.format(Locale.ROOT, "  %s/s", number(sample.rowsPerSecond())));
        if (sample.errors() > 0) {
            text.append(String.format(Locale.ROOT, "  %,d errors", sample.errors()));
        }
        if (sample.eta() != null) {
            text.append("  ").append(left(sample.eta()));
        }
        String activity = "  " + sample.activity() + wish;
        int room = width - 1 - text.length() - AROUND_BAR - Math.min(activity.length(), ACTIVITY);
        String bar = bar(sample.rowsDone(), sample.rowsTotal(), Math.clamp(room, SHORTEST_BAR, BAR));
        return bar + text + activity;
    }

    private static String bar(long done, @Nullable Long total, int length) {
        if (total == null) {
            return "";
        }
        double share = total == 0 ? 1 : Math.clamp((double) done / total, 0, 1);
        int filled = (int) (share * length);
        return "[" + "#".repeat(filled) + ".".repeat(length - filled) + "] "
                + String.format(Locale.ROOT, "%3d %%  ", (int) (share * 100));
    }

    private static String rows(ProgressSample sample) {
        if (sample.rowsTotal() == null) {
            return number(sample.rowsDone()) + " rows";
        }
        String about = "estimated".equals(sample.totalBasis()) ? "~" : "";
        return number(sample.rowsDone()) + "/" + about + number(sample.rowsTotal());
    }

    private static String left(Eta eta) {
        String low = time(eta.low());
        String high = time(eta.high());
        return low.equals(high) ? "left " + low : "left " + low + " to " + high;
    }

    private static String end(RunView run) {
        Instant since = run.startedAt() == null ? run.createdAt() : run.startedAt();
        Duration took = run.endedAt() == null ? Duration.ZERO : Duration.between(since, run.endedAt());
        String text =
                "%s after %s, %,d rows".formatted(run.state().name().toLowerCase(Locale.ROOT), time(took), run.rows());
        if (run.failure() == null) {
            return text;
        }
        String at =
                run.failure().keyRange() == null ? "" : " at " + run.failure().keyRange();
        String code =
                run.failure().serverCode() == null ? "" : " (" + run.failure().serverCode() + ")";
        return text + ": " + run.failure().message() + at + code;
    }

    /** Four digits say enough: 812, 9.4k, 12k, 1.3M. */
    static String number(double value) {
        if (value < 1_000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int unit = 0;
        double scaled = value;
        while (scaled >= 999.5 && unit < 4) {
            scaled /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, scaled < 9.95 ? "%.1f%s" : "%.0f%s", scaled, " kMGT".charAt(unit));
    }

    static String time(Duration time) {
        Duration positive = time.isNegative() ? Duration.ZERO : time;
        if (positive.toDays() > 0) {
            return positive.toDays() + " d " + positive.toHoursPart() + " h";
        }
        if (positive.toHours() > 0) {
            return positive.toHours() + " h " + positive.toMinutesPart() + " min";
        }
        return positive.toMinutes() > 0
                ? positive.toMinutes() + " min " + positive.toSecondsPart() + " s"
                : positive.toSeconds() + " s";
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
