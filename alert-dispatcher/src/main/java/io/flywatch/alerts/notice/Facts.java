package io.flywatch.alerts.notice;

import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.StoryAlert.Figures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The facts of a message. */
final class Facts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int LINE = 400;
    /** What is smaller is told by its first two digits: 2 ms are not 0 s. */
    private static final double SMALL = 0.1;

    private static final Duration YOUNG = Duration.ofMinutes(1);

    private Facts() {}

    static List<Fact> ofOne(Story story) {
        StoryAlert alert = story.first();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Severity", word(alert)));
        if (!alert.series().isEmpty()) {
            facts.add(new Fact("Series", alert.series()));
        }
        facts.add(new Fact("Since", time(alert.since()) + age(story, alert)));
        if (alert.figures() != null) {
            facts.add(new Fact("Value", value(alert.figures())));
        }
        if (alert.description() != null) {
            facts.add(new Fact("Description", alert.description()));
        }
        if (alert.cause() != null) {
            facts.add(new Fact("Likely cause", alert.cause()));
        }
        String labels = labels(alert);
        if (!labels.isEmpty()) {
            facts.add(new Fact("Labels", labels));
        }
        if (alert.endedAt() != null) {
            facts.add(new Fact("Ended", time(alert.endedAt()) + ", after " + length(alert.since(), alert.endedAt())));
        }
        facts.add(new Fact("Told because", story.note()));
        facts.addAll(audience(story));
        return facts;
    }

    static List<Fact> ofMany(Story story) {
        List<Fact> facts = new ArrayList<>();
        boolean alike = story.alerts().stream().map(StoryAlert::name).distinct().count() == 1;
        for (StoryAlert alert : story.alerts()) {
            String state = alert.endedAt() == null
                    ? word(alert) + " since " + time(alert.since())
                    : "resolved after " + length(alert.since(), alert.endedAt());
            String name = alert.name().replace('_', ' ');
            String where = alert.where();
            // Who reads this at night wants what is the matter first, and once.
            facts.add(new Fact(
                    where.isEmpty() ? name : alike ? where : where + ": " + name,
                    Text.atMost(alert.summary() + (alert.cause() == null ? "" : ". " + alert.cause()), LINE) + " ("
                            + state + ")"));
        }
        int more = story.firing() + story.ended() - story.alerts().size();
        if (more > 0) {
            facts.add(new Fact("And", more + " more"));
        }
        facts.add(new Fact("Told because", story.note()));
        facts.addAll(audience(story));
        return facts;
    }

    private static List<Fact> audience(Story story) {
        Audience audience = story.audience();
        List<Fact> facts = new ArrayList<>();
        if (!audience.others().isEmpty()) {
            facts.add(new Fact("Also told", String.join(", ", audience.others())));
        }
        if (audience.nextAt() != null) {
            facts.add(new Fact(
                    "Next",
                    "unless somebody acknowledges it, " + String.join(", ", audience.next()) + " at "
                            + time(audience.nextAt())));
        }
        return facts;
    }

    private static String word(StoryAlert alert) {
        return alert.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String labels(StoryAlert alert) {
        return alert.labels().entrySet().stream()
                .filter(label -> !StoryAlert.isTold(label.getKey()))
                .map((Map.Entry<String, String> label) -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String value(Figures figures) {
        return figure(figures.value(), figures.unit()) + ", limit " + figure(figures.limit(), figures.unit())
                + ", at worst " + figure(figures.peak(), figures.unit());
    }

    private static String figure(double value, String unit) {
        if (unit.equals("ratio")) {
            return decimal(value * 100) + " %";
        }
        return decimal(value) + " " + (unit.equals("seconds") ? "s" : unit);
    }

    private static String decimal(double value) {
        double size = Math.abs(value);
        if (size > 0 && size < SMALL && Double.isFinite(value)) {
            return new BigDecimal(value).round(new MathContext(2)).toPlainString();
        }
        String text = String.format(Locale.ROOT, size < 10 ? "%.2f" : "%,.0f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** For how long it has been firing, if that is worth a word. */
    private static String age(Story story, StoryAlert alert) {
        Duration age = Duration.between(alert.since(), story.at());
        return alert.endedAt() != null || age.compareTo(YOUNG) < 0 ? "" : ", for " + Text.words(age);
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    static String length(Instant since, Instant until) {
        return Text.words(Duration.between(since, until));
    }
}
