package io.flywatch.alerts.alert;

import io.flywatch.events.anomaly.Severity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is taken of a posted alert: a report of it, or what is wrong with it. */
public sealed interface Entry {

    /** It is good. */
    record Good(Report report) implements Entry {}

    /** It is not. */
    record Bad(List<String> flaws) implements Entry {
        public Bad {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * How much is taken.
     *
     * @param entries so many labels, and so many annotations
     * @param label so long may a label's value be
     * @param annotation so long may an annotation be; what is longer is cut
     */
    record Limits(int entries, int label, int annotation) {}

    /** The longest name of a label or an annotation. */
    int LONGEST_NAME = 200;

    /** The longest link. */
    int LONGEST_URL = 2000;

    /**
     * Checks a posted alert.
     *
     * @param resolveTimeout after how long it counts as over if no end is given; null for never
     */
    static Entry of(Posted posted, Source source, Limits limits, @Nullable Duration resolveTimeout, Instant now) {
        List<String> flaws = new ArrayList<>();
        Map<String, String> labels = labels(posted.labels(), limits, flaws);
        Map<String, String> annotations = annotations(posted.annotations(), limits, flaws);
        Instant ends = time("endsAt", posted.endsAt(), flaws);
        Instant starts = time("startsAt", posted.startsAt(), flaws);
        if (starts != null && ends != null && ends.isBefore(starts)) {
            flaws.add("endsAt (" + ends + ") is before startsAt (" + starts + ")");
        }
        if (!flaws.isEmpty()) {
            return new Bad(flaws);
        }
        boolean over = "resolved".equals(posted.status()) || ends != null && !ends.isAfter(now);
        Instant since = starts != null ? starts : over && ends != null ? ends : now;
        Instant expires = ends != null ? ends : resolveTimeout == null ? null : now.plus(resolveTimeout);
        return new Good(new Report(
                Labels.of(labels),
                annotations,
                source,
                severity(labels.getOrDefault("severity", "")),
                since.toString(),
                since,
                over && ends != null && !ends.isAfter(now) ? ends : now,
                over ? null : expires,
                over ? "it was reported to be over" : null,
                null,
                labels.get("run"),
                link(posted.generatorURL())));
    }

    private static Map<String, String> labels(
            @Nullable Map<String, @Nullable String> posted, Limits limits, List<String> flaws) {
        Map<String, String> labels = new TreeMap<>();
        if (posted != null) {
            posted.forEach((name, value) -> {
                if (value != null && !value.isEmpty()) {
                    labels.put(name, value);
                }
            });
        }
        if (labels.isEmpty()) {
            flaws.add("it has no labels, and so no identity");
        }
        if (labels.size() > limits.entries()) {
            flaws.add("it has " + labels.size() + " labels; at most " + limits.entries() + " are taken");
        }
        labels.forEach((name, value) -> {
            if (isNoName(name)) {
                flaws.add("a label's name is empty, longer than " + LONGEST_NAME
                        + " characters, or has control characters");
            } else if (value.length() > limits.label()) {
                flaws.add("the label '" + name + "' has " + value.length() + " characters; at most " + limits.label()
                        + " are taken");
            } else if (value.chars().anyMatch(Character::isISOControl) || hasLoneSurrogate(value)) {
                flaws.add("the label '" + name + "' has control characters or broken ones");
            }
        });
        return labels;
    }

    private static Map<String, String> annotations(
            @Nullable Map<String, @Nullable String> posted, Limits limits, List<String> flaws) {
        Map<String, String> annotations = new TreeMap<>();
        if (posted == null) {
            return annotations;
        }
        if (posted.size() > limits.entries()) {
            flaws.add("it has " + posted.size() + " annotations; at most " + limits.entries() + " are taken");
        }
        posted.forEach((name, value) -> {
            if (isNoName(name)) {
                flaws.add("an annotation's name is empty, longer than " + LONGEST_NAME
                        + " characters, or has control characters");
            } else if (value != null) {
                annotations.put(name, harmless(value, limits.annotation()));
            }
        });
        return annotations;
    }

    private static boolean isNoName(String name) {
        return name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)
                || hasLoneSurrogate(name);
    }

    /** Without control characters but line breaks and tabs, and at most so long. */
    static String harmless(String text, int most) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(most).forEach(c -> {
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            boolean broken = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            clean.appendCodePoint(control || broken ? 0xfffd : c);
        });
        return clean.length() < text.length() && text.codePointCount(0, text.length()) > most
                ? clean.append('…').toString()
                : clean.toString();
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static @Nullable Instant time(String name, @Nullable String text, List<String> flaws) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.strip());
            // What Go calls no time.
            return time.getYear() <= 1 ? null : time.toInstant();
        } catch (DateTimeException e) {
            flaws.add(name + " is no time of RFC 3339, such as 2026-11-22T14:03:10Z");
            return null;
        }
    }

    private static @Nullable String link(@Nullable String url) {
        if (url == null || url.length() > LONGEST_URL || url.chars().anyMatch(c -> c <= ' ')) {
            return null;
        }
        return url.startsWith("http://") || url.startsWith("https://") ? url : null;
    }

    /** What a label says of the severity; what is not known is a warning. */
    static Severity severity(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "critical", "page", "error", "fatal", "emergency", "alert" -> Severity.CRITICAL;
            case "info", "none", "notice", "debug", "informational" -> Severity.INFO;
            default -> Severity.WARNING;
        };
    }
}
