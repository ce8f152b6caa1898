package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.notice.Text;

/** Slack's markup. Only {@code & < >} have a meaning that a text could abuse (links, mentions); what else is markup is kept apart. */
final class Mrkdwn {

    private Mrkdwn() {}

    /** The text itself, whatever it holds. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
