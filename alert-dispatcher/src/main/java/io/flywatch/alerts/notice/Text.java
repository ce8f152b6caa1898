package io.flywatch.alerts.notice;

import java.time.Duration;

/** Texts made fit for where they go. */
public final class Text {

    private static final String CUT = "…";
    private static final char REPLACEMENT = '\ufffd';

    private Text() {}

    /** On one line and without control characters or broken ones: for subjects, headers, titles, and what others answer. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        harmless(text).codePoints().forEach(c -> line.appendCodePoint(isBreak(c) ? ' ' : c));
        return line.toString().strip();
    }

    /**
     * Without what turns the direction of the text around it: embeddings, overrides and isolates of Unicode's bidirectional algorithm
     * (UAX #9), which would make a message say something else than it does. It shows where one was. The marks that Arabic and Hebrew
     * are written with turn nothing around, and stay.
     */
    public static String harmless(String text) {
        if (text.codePoints().noneMatch(Text::turns)) {
            return text;
        }
        StringBuilder harmless = new StringBuilder(text.length());
        text.codePoints().forEach(c -> harmless.appendCodePoint(turns(c) ? REPLACEMENT : c));
        return harmless.toString();
    }

    private static boolean turns(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    private static boolean isBreak(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE;
    }

    /** A time as people say it: {@code 45 s}, {@code 10 min}, {@code 1 h 30 min}, {@code 3 d}; no finer than matters. */
    public static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
    }

    /** At most so many UTF-16 units, cut at a character's border, with a mark where it was cut. */
    public static String atMost(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, Math.max(0, end)) + CUT;
    }
}
