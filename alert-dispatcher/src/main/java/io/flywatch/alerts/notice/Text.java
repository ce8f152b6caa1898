package io.flywatch.alerts.notice;

/** Texts made fit for where they go. */
public final class Text {

    private static final String CUT = "…";

    private Text() {}

    /** On one line and without control characters or broken ones: for subjects, headers, titles, and what others answer. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(isBreak(c) ? ' ' : c));
        return line.toString().strip();
    }

    private static boolean isBreak(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE;
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
