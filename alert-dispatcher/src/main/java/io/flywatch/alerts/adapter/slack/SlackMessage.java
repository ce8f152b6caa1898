package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.Text;
import io.flywatch.events.alert.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message in blocks, within Slack's limits: 150 characters in a header, 3,000 in a section's text, 2,000 in a field, ten fields in a
 * section, 50 blocks.
 */
final class SlackMessage {

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int FIELD = 2000;
    private static final int FIELDS = 10;
    private static final int BLOCKS = 50;
    /** Fields stand side by side in narrow columns: what is longer gets the whole width. */
    private static final int NARROW = 80;

    private static final int NAME = 500;

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
        blocks.add(Map.of("type", "section", "text", mrkdwn(Mrkdwn.escape(message.summary(), SECTION))));
        List<Fact> row = new ArrayList<>();
        for (Fact fact : message.facts()) {
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
        if (!message.links().isEmpty()) {
            String links = message.links().stream()
                    .map(link -> Mrkdwn.link(link.url(), link.text()))
                    .collect(Collectors.joining(" · "));
            blocks.add(Map.of("type", "context", "elements", List.of(mrkdwn(links))));
        }
        return blocks;
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
