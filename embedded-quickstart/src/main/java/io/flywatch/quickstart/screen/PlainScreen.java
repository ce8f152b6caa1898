package io.flywatch.quickstart.screen;

import io.flywatch.quickstart.screen.View.Flow;
import io.flywatch.quickstart.screen.View.News;
import io.flywatch.quickstart.screen.View.Row;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One line every few seconds and one for each event: for files and pipes. */
final class PlainScreen implements Screen {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final DateTimeFormatter time;
    private List<String> hints = List.of();
    private boolean ended;

    PlainScreen(PrintStream out, ZoneId zone) {
        this.out = out;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public synchronized void news(News item) {
        out.println(time.format(item.at()) + "  " + item.text());
    }

    @Override
    public synchronized void draw(View view) {
        if (!ended) {
            out.println(line(view));
        }
        ended = view.ended();
        if (!view.hints().equals(hints)) {
            hints = view.hints();
            hints.forEach(hint -> out.println("  " + hint));
        }
    }

    static String line(View view) {
        StringBuilder line =
                new StringBuilder(Figures.clock(view.elapsed()) + "  " + view.migration() + ": " + view.phase());
        Row total = view.total();
        if (total != null) {
            line.append("; ").append(Figures.count(total.done()));
            if (total.total() != null && !total.complete()) {
                line.append(" of ").append(Figures.count(total.total()));
            }
            line.append(" rows, ").append(Figures.rate(total.rowsPerSecond()));
            if (total.left() != null && !total.complete()) {
                line.append(", ").append(Figures.span(total.left())).append(" left");
            }
            if (total.streamed() > 0) {
                line.append(", ").append(Figures.count(total.streamed())).append(" changes after it");
            }
        }
        Flow flow = view.flow();
        if (flow != null) {
            line.append("; lag ").append(Figures.seconds(flow.lag()));
            line.append(", staleness ").append(Figures.seconds(flow.staleness()));
            line.append(", backlog ").append(Figures.count(flow.backlog()));
        }
        if (!view.anomalies().isEmpty()) {
            line.append("; ")
                    .append(view.anomalies().size())
                    .append(view.anomalies().size() == 1 ? " anomaly" : " anomalies");
        }
        return line.toString();
    }

    @Override
    public void close() {
        out.flush();
    }
}
