package io.flywatch.quickstart.screen;

import io.flywatch.quickstart.screen.View.Flow;
import io.flywatch.quickstart.screen.View.News;
import io.flywatch.quickstart.screen.View.Row;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws a view as lines that fit a terminal. */
final class Renderer {

    private static final int MARGIN = 2;
    private static final int FIGURES = 56;
    private static final int NARROWEST_BAR = 8;
    private static final int WIDEST_BAR = 44;
    private static final int NEWS = 6;

    private final Ink ink;
    private final DateTimeFormatter time;

    Renderer(Ink ink, ZoneId zone) {
        this.ink = ink;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    List<String> draw(View view, int width, int height) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(headline(view, width - MARGIN * 2));
        lines.add("");
        tables(view, width, height, lines);
        lines.add("");
        lines.add(flow(view));
        anomalies(view, lines);
        for (News news : last(view.news(), NEWS)) {
            lines.add(ink.dim(time.format(news.at())) + "  " + ink.tone(news.tone(), news.text()));
        }
        if (!view.hints().isEmpty()) {
            lines.add("");
            lines.addAll(view.hints());
        }
        lines.add("");
        return lines.stream()
                .limit(Math.max(1, height - 1))
                .map(line ->
                        line.isEmpty() ? line : " ".repeat(MARGIN) + ink.cut(line.stripTrailing(), width - MARGIN * 2))
                .toList();
    }

    private String headline(View view, int width) {
        String left = ink.bold(view.migration()) + "  " + ink.dim(view.route().replace("→", ink.arrow()));
        String right = view.phase() + ink.dim(ink.dot() + Figures.clock(view.elapsed()));
        return left + " ".repeat(Math.max(2, width - Ink.width(left) - Ink.width(right))) + right;
    }

    private void tables(View view, int width, int height, List<String> lines) {
        int name = view.tables().stream()
                .mapToInt(row -> row.name().length())
                .max()
                .orElse(0);
        name = Math.clamp(name, 3, Math.max(3, width / 4));
        int bar = Math.clamp(width - MARGIN * 2L - name - FIGURES, NARROWEST_BAR, WIDEST_BAR);
        int room = Math.max(3, height - 14 - view.hints().size());
        List<Row> shown = shown(view.tables(), room);
        for (Row row : shown) {
            lines.add(row(row, name, bar, false));
        }
        int hidden = view.tables().size() - shown.size();
        if (hidden > 0) {
            lines.add(ink.dim("and " + hidden + " more"));
        }
        if (view.total() != null) {
            lines.add(row(view.total(), name, bar, true));
        }
    }

    // Those at work are the interesting ones if there is no room for all.
    private static List<Row> shown(List<Row> rows, int room) {
        if (rows.size() <= room) {
            return rows;
        }
        return rows.stream()
                .sorted(Comparator.comparing(Row::complete).thenComparing(Row::done, Comparator.reverseOrder()))
                .limit(room)
                .toList();
    }

    private String row(Row row, int name, int bar, boolean strong) {
        String title = Ink.left(ink.cut(row.name(), name), name);
        return (strong ? ink.bold(title) : title)
                + "  "
                + ink.bar(row.share(), bar, row.complete())
                + "  "
                + (row.complete() ? complete(row) : underWay(row));
    }

    private String underWay(Row row) {
        String total = row.total() == null ? "" : " of " + Figures.count(row.total());
        String pace = row.rowsPerSecond() > 0 ? Figures.rate(row.rowsPerSecond()) : "";
        String left = row.left() == null ? "" : Figures.span(row.left()) + " left";
        return Ink.right(Figures.count(row.done()), 11)
                + ink.dim(Ink.left(total, 15))
                + Ink.right(pace, 9)
                + ink.dim(Ink.right(left, 17));
    }

    private String complete(Row row) {
        String streamed = row.streamed() == 0 ? "" : "+" + Figures.count(row.streamed()) + " changes";
        return Ink.right(Figures.count(row.done()), 11)
                + ink.dim(Ink.left(" rows", 15))
                + Ink.right(row.rowsPerSecond() > 0 ? Figures.rate(row.rowsPerSecond()) : "", 9)
                + Ink.right(streamed, 17);
    }

    private String flow(View view) {
        Flow flow = view.flow();
        if (flow == null) {
            return ink.dim(view.ended() ? "nothing moves any more" : "nothing measured yet");
        }
        List<String> parts = new ArrayList<>();
        parts.add("lag " + ink.bold(Figures.seconds(flow.lag())));
        parts.add("staleness " + ink.bold(Figures.seconds(flow.staleness())));
        parts.add("backlog " + ink.bold(Figures.count(flow.backlog())));
        parts.add("in " + Figures.rate(flow.arriving()) + ", applied " + Figures.rate(flow.applied()));
        if (flow.deadLetters() > 0) {
            parts.add(ink.bad(Figures.count(flow.deadLetters()) + " dead letters"));
        }
        if (view.changes() > 0) {
            parts.add(ink.dim(Figures.count(view.changes()) + " changes made"));
        }
        return String.join(ink.dim(ink.dot()), parts);
    }

    private void anomalies(View view, List<String> lines) {
        @Nullable String trouble = view.trouble();
        if (trouble != null) {
            lines.add(ink.letter(trouble));
        }
        if (view.anomalies().isEmpty()) {
            lines.add(ink.good(ink.unicode() ? "●" : "*") + " " + ink.dim("no anomaly"));
        }
        for (String anomaly : view.anomalies()) {
            lines.add(ink.bad((ink.unicode() ? "▲ " : "! ") + anomaly));
        }
    }

    private static <T> List<T> last(List<T> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }
}
