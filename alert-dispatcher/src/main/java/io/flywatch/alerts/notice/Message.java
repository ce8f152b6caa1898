package io.flywatch.alerts.notice;

import io.flywatch.alerts.notice.Links.Link;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a notice, the same for every receiver; each writes them in its own form. Plain text: whatever has a meaning in a
 * receiver's markup is escaped there.
 *
 * @param title one line: how bad, of what, what
 * @param summary one sentence
 * @param facts what, since when, how bad against the limit, likely cause
 * @param links where to go next
 */
public record Message(
        String title, String summary, List<Fact> facts, List<Link> links, Severity severity, boolean over) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    public Message {
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    /**
     * A fact in two words and more.
     *
     * @param name e.g. {@code Since}
     */
    public record Fact(String name, String text) {}

    /** The words for a story. */
    public static Message of(Story story, Links links) {
        Anomaly anomaly = story.anomaly();
        return new Message(
                title(story), anomaly.summary(), facts(story), links.of(story), anomaly.severity(), story.isOver());
    }

    private static String title(Story story) {
        String how =
                story.isOver() ? "RESOLVED" : story.anomaly().severity().name().toUpperCase(Locale.ROOT);
        return (story.test() ? "[TEST] " : "") + "[" + how + "] " + story.migrationId() + ": "
                + story.anomaly().rule().replace('_', ' ');
    }

    private static List<Fact> facts(Story story) {
        Anomaly anomaly = story.anomaly();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Severity", anomaly.severity().name().toLowerCase(Locale.ROOT)));
        facts.add(new Fact("Series", anomaly.series()));
        facts.add(new Fact("Since", time(anomaly.since())));
        facts.add(new Fact("Value", value(anomaly)));
        if (anomaly.cause() != null) {
            facts.add(new Fact("Likely cause", anomaly.cause()));
        }
        if (story.isOver()) {
            facts.add(new Fact("Ended", time(story.at()) + ", after " + length(anomaly.since(), story.at())));
        }
        facts.add(new Fact("Told because", story.note()));
        return facts;
    }

    private static String value(Anomaly anomaly) {
        return figure(anomaly.value(), anomaly.unit()) + ", limit " + figure(anomaly.limit(), anomaly.unit())
                + ", at worst " + figure(anomaly.peak(), anomaly.unit());
    }

    private static String figure(double value, String unit) {
        if (unit.equals("ratio")) {
            return decimal(value * 100) + " %";
        }
        return decimal(value) + " " + (unit.equals("seconds") ? "s" : unit);
    }

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%,.0f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String length(Instant since, Instant until) {
        Duration length = Duration.between(since, until);
        long seconds = Math.max(0, length.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
