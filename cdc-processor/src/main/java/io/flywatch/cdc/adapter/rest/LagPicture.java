package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.lag.CatchUp;
import io.flywatch.cdc.lag.Spans;
import io.flywatch.cdc.lag.Whole;
import io.flywatch.events.lag.LagSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pipeline's lag as a terminal shows it: a bar for each stage, from left to right as the time went by. */
final class LagPicture {
    private static final int WIDTH = 40;
    private static final String NOT_MEASURED = "not measured";

    private LagPicture() {}

    static String of(LagView view) {
        List<String> lines = new ArrayList<>();
        lines.add(view.id() + "  " + state(view) + "  " + view.reason());
        lines.add("");
        waterfall(view, lines);
        lines.add("");
        lines.add("staleness " + span(view.stalenessSeconds()) + "   heartbeat " + old(view.heartbeatAgeSeconds())
                + "   clock of the source " + skew(view.clockSkewSeconds()) + "   negative stages "
                + view.negativeStages());
        lines.add(String.format(
                Locale.ROOT,
                "backlog %,d records; %.0f/s arrive, %.0f/s are applied; %s",
                view.backlog(),
                view.arrivingPerSecond(),
                view.appliedPerSecond(),
                caughtUp(view)));
        view.headroom().forEach(own -> lines.add("headroom " + String.format("%-11s", own.resource()) + headroom(own)));
        lines.add(
                String.format(Locale.ROOT, "dead letters %,d, parked keys %,d", view.deadLetters(), view.parkedKeys()));
        lines.add("");
        tables(view, lines);
        replicas(view, lines);
        return String.join("\n", lines) + "\n";
    }

    private static String state(LagView view) {
        return view.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void waterfall(LagView view, List<String> lines) {
        lines.add("the last second's oldest change, commit at the source to commit at the target: "
                + span(view.lagSeconds())
                + (view.slowestReplica() == null || view.replicas().size() == 1
                        ? ""
                        : ", at " + view.slowestReplica()));
        double before = 0;
        for (LagView.Stage stage : view.stages()) {
            double share = stage.share() == null ? 0 : stage.share();
            int from = (int) Math.round(before * WIDTH);
            int to = (int) Math.round(Math.min(1, before + share) * WIDTH);
            String bar = " ".repeat(Math.min(from, WIDTH)) + "█".repeat(Math.max(share > 0 ? 1 : 0, to - from));
            lines.add(String.format(
                            "  %-10s %-" + (WIDTH + 1) + "s %9s  %s",
                            stage.name(),
                            bar,
                            span(stage.seconds()),
                            stage.name().equals(view.slowestStage()) ? "<- the most" : "")
                    .stripTrailing());
            before += share;
        }
        percentiles("the last minute's", view.lastMinute().endToEnd(), lines);
        percentiles("all", view.lag(), lines);
    }

    private static void percentiles(String which, LagSample.Spread of, List<String> lines) {
        if (of.count() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "of %s %,d changes: median %s, 99 %% within %s, longest %s",
                    which,
                    of.count(),
                    span(of.p50Seconds()),
                    span(of.p99Seconds()),
                    span(of.maxSeconds())));
        }
    }

    private static void tables(LagView view, List<String> lines) {
        int width = view.tables().stream()
                .mapToInt(table -> table.source().length())
                .max()
                .orElse(5);
        lines.add(String.format("%-" + width + "s %14s %12s %10s %14s", "table", "lag", "backlog", "rows/s", "rows"));
        for (LagSample.TableLag table : view.tables()) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%-" + width + "s %14s %,12d %,10.0f %,14d  %s",
                            table.source(),
                            table.lagSeconds() == null ? "-" : Spans.of(table.lagSeconds()),
                            table.backlog(),
                            table.rowsPerSecond(),
                            table.snapshotRows() + table.streamedRows(),
                            table.source().equals(view.slowestTable()) ? "<- furthest behind" : "")
                    .stripTrailing());
        }
    }

    private static void replicas(LagView view, List<String> lines) {
        List<Whole.Unheld> unheld = view.unheld();
        if (unheld == null || !unheld.isEmpty() || view.replicas().size() > 1) {
            lines.add("");
            view.replicas().forEach(replica -> lines.add(replica(replica)));
        }
        if (unheld == null) {
            lines.add("what other replicas hold is not known");
        } else {
            unheld.forEach(each -> lines.add("nobody holds " + each.table() + " partition " + each.partition()
                    + (each.lastHeldBy() == null ? "" : ", which " + each.lastHeldBy() + " held last")));
        }
    }

    private static String replica(ReplicaView replica) {
        List<LagSample.Holding> holds = replica.holds();
        String held = holds == null
                ? "does not tell what it holds"
                : holds.isEmpty()
                        ? "holds nothing"
                        : "holds "
                                + holds.stream()
                                        .map(each -> each.table() + " " + each.partition())
                                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s%s  %s  %s, %s ago",
                replica.replica(),
                replica.answers() ? " (answers)" : "",
                replica.silent()
                        ? "SILENT"
                        : replica.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                held,
                Spans.of(replica.ageSeconds()));
    }

    private static String span(@Nullable Double seconds) {
        return seconds == null ? NOT_MEASURED : Spans.of(seconds);
    }

    private static String old(@Nullable Double seconds) {
        return seconds == null ? NOT_MEASURED : Spans.of(seconds) + " old";
    }

    private static String skew(@Nullable Double seconds) {
        // Less than a millisecond has no direction.
        double told = seconds != null && Math.abs(seconds) < 5e-4 ? 0 : seconds == null ? 0 : seconds;
        return seconds == null ? NOT_MEASURED : (told >= 0 ? "+" : "") + Spans.of(told);
    }

    private static String caughtUp(LagView view) {
        LagSample.CatchUp catchUp = view.catchUp();
        if (view.backlog() == 0) {
            return "caught up";
        }
        return catchUp == null
                ? "when it is caught up is not known yet"
                : new CatchUp(catchUp.lowSeconds(), catchUp.likelySeconds(), catchUp.highSeconds()).text();
    }

    private static String headroom(LagSample.Headroom own) {
        String time = own.unlimited() ? "unlimited" : span(own.seconds());
        return time + ": " + own.reason();
    }
}
