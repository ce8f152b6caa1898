package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.notice.Links.Link;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.Text;
import io.flywatch.events.alert.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A message in blocks, within Slack's limits: 150 characters in a header, 3,000 in a text, 2,000 in a field, ten fields in a section, ten
 * elements in a context, 50 blocks; and some 13,000 characters in all of them together, which is not documented (msg_blocks_too_long,
 * slackapi/bolt-js#2509).
 */
final class SlackMessage {

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int SUMMARY = 2500;
    private static final int FIELD = 2000;
    private static final int FIELDS = 10;
    private static final int BLOCKS = 50;
    /** Fields stand side by side in narrow columns: what is longer gets the whole width. */
    private static final int NARROW = 80;

    private static final int NAME = 500;
    /** So much may all facts have together, with their markup. */
    private static final int ALL_FACTS = 7000;
    /** A link may have so much, and all of them together: the last of those that don't fit are left out. */
    private static final int ALL_LINKS = 2500;

    private static final int ELEMENTS = 10;
    private static final int FRAME = 60;

    private static final String GREEN = "#2eb67d";
    private static final String YELLOW = "#ecb22e";
    private static final String RED = "#e01e5a";
    private static final String BLUE = "#36c5f0";
    private static final String GREY = "#8d8d8d";

    private SlackMessage() {}

    /** The body to post: the text is what notifications show, the attachment gives the colour. */
    static Map<String, Object> of(Message message) {
        return Map.of(
                "text", Mrkdwn.escape(Text.oneLine(message.title()) + ": " + message.summary(), SECTION),
                "attachments", List.of(Map.of("color", colour(message), "blocks", blocks(message))));
    }

    /** What a reply in the thread says: what happened, and why; the message above it has the rest. */
    static String reply(Message message) {
        String note = message.story().note();
        return Mrkdwn.escape(
                Text.oneLine(message.title()) + ": " + (note.isEmpty() ? message.summary() : note), SECTION);
    }

    private static String colour(Message message) {
        if (message.over()) {
            return GREEN;
        }
        if (message.kind() == NoticeKind.ACKNOWLEDGED) {
            return BLUE;
        }
        return switch (message.severity()) {
            case INFO -> GREY;
            case WARNING -> YELLOW;
            case CRITICAL -> RED;
        };
    }

    private static List<Map<String, Object>> blocks(Message message) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        String title = Text.atMost(Text.oneLine(message.title()), HEADER);
        blocks.add(Map.of("type", "header", "text", Map.of("type", "plain_text", "text", title, "emoji", false)));
        blocks.add(Map.of("type", "section", "text", mrkdwn(Mrkdwn.escape(message.summary(), SUMMARY))));
        List<Fact> row = new ArrayList<>();
        for (Fact fact : fitting(message.facts())) {
            boolean fits = fact.name().length() + fact.text().length() <= NARROW;
            if (!row.isEmpty() && (!fits || row.size() == FIELDS)) {
                add(blocks, fields(row));
                row.clear();
            }
            if (fits) {
                row.add(fact);
            } else {
                add(blocks, Map.of("type", "section", "text", mrkdwn(named(fact, SECTION))));
            }
        }
        if (!row.isEmpty()) {
            add(blocks, fields(row));
        }
        List<Map<String, Object>> links = links(message);
        if (!links.isEmpty()) {
            blocks.add(Map.of("type", "context", "elements", links));
        }
        return blocks;
    }

    /** Facts as far as there is room for all of them; why it is told, who else hears of it and who is next come last and stay. */
    private static List<Fact> fitting(List<Fact> facts) {
        int most = ALL_FACTS;
        for (Fact fact : facts) {
            most -= fact.text().length() <= NARROW ? size(fact) : 0;
        }
        List<Fact> fitting = new ArrayList<>();
        int left = 0;
        for (Fact fact : facts) {
            boolean isShort = fact.text().length() <= NARROW;
            int room = most - FRAME - Mrkdwn.escape(fact.name(), NAME).length();
            if (isShort) {
                fitting.add(fact);
            } else if (room > NARROW) {
                fitting.add(new Fact(fact.name(), shortened(fact.text(), Math.min(room, SECTION - NAME))));
                most -= size(fitting.getLast());
            } else {
                left++;
            }
        }
        if (left > 0) {
            fitting.add(new Fact("Left out", left + " more, for want of room"));
        }
        return fitting;
    }

    /** So that it has at most so much when it is escaped. */
    private static String shortened(String text, int most) {
        String shorter = text;
        for (int size = Mrkdwn.escape(shorter).length();
                size > most;
                size = Mrkdwn.escape(shorter).length()) {
            shorter = Text.atMost(shorter, Math.max(1, Math.min(shorter.length() - 1, shorter.length() * most / size)));
        }
        return shorter;
    }

    private static int size(Fact fact) {
        return FRAME
                + Mrkdwn.escape(fact.name(), NAME).length()
                + Mrkdwn.escape(fact.text()).length();
    }

    private static List<Map<String, Object>> links(Message message) {
        List<Map<String, Object>> links = new ArrayList<>();
        int room = ALL_LINKS;
        for (Link link : message.links()) {
            String text = Mrkdwn.link(link.url(), link.text());
            if (text.length() <= room && links.size() < ELEMENTS) {
                links.add(mrkdwn(text));
                room -= text.length();
            }
        }
        return links;
    }

    /** The last block is kept for the links. */
    private static void add(List<Map<String, Object>> blocks, Map<String, Object> block) {
        if (blocks.size() < BLOCKS - 1) {
            blocks.add(block);
        }
    }

    private static String named(Fact fact, int most) {
        String name = "*" + Mrkdwn.escape(fact.name(), NAME) + "*\n";
        return name + Mrkdwn.escape(fact.text(), most - name.length());
    }

    private static Map<String, Object> fields(List<Fact> facts) {
        return Map.of(
                "type",
                "section",
                "fields",
                facts.stream().map(fact -> mrkdwn(named(fact, FIELD))).toList());
    }

    private static Map<String, Object> mrkdwn(String text) {
        return Map.of("type", "mrkdwn", "text", text, "verbatim", true);
    }
}
