package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.notice.Text;

/**
 * Slack's markup, made to show a text as it is. {@code & < >} are escaped, as Slack wants it: they would make links and mentions. What
 * makes words bold, struck or code has no escape; it loses its meaning by an invisible character before it, where it would have one:
 * at the border of a word, so that the names of tables can still be copied.
 */
final class Mrkdwn {

    private Mrkdwn() {}

    private static final char INVISIBLE = '\u200b';

    /** The text itself, whatever it holds. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isMarkup(text, i)) {
                escaped.append(INVISIBLE);
            }
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Formatting opens at the beginning of a word, and a quotation at the beginning of a line. */
    private static boolean isMarkup(String text, int at) {
        return switch (text.charAt(at)) {
            case '*', '_', '~' -> at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            case '`' -> true;
            case '>' -> at == 0 || text.charAt(at - 1) == '\n';
            default -> false;
        };
    }

    /** The text itself, at most so long after it was escaped; no escape is cut in half. */
    static String escape(String text, int most) {
        String escaped = escape(text);
        String shorter = text;
        while (escaped.length() > most && !shorter.isEmpty()) {
            int excess = escaped.length() - most;
            shorter = Text.atMost(text, Math.max(1, shorter.length() - Math.max(1, excess / 5)));
            escaped = escape(shorter);
            if (shorter.length() <= 1) {
                break;
            }
        }
        return escaped;
    }

    /** A link. */
    static String link(String url, String text) {
        return "<"
                + url.replace("|", "%7C")
                        .replace("<", "%3C")
                        .replace(">", "%3E")
                        .replace("&", "&amp;") + "|" + escape(text) + ">";
    }
}
