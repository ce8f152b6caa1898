package io.flywatch.alerts.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.Stories;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Source;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlackMessageTest {

    private static final Links LINKS =
            new Links(Optional.of("http://127.0.0.1:8080"), Optional.empty(), Optional.empty());

    @Property
    void escapesSoThatNothingIsALinkOrAMention(@ForAll String any) {
        String text = any.replace("\u200b", "");
        String escaped = Mrkdwn.escape(text + "<!channel> & <http://x|y>");

        assertThat(escaped).doesNotContain("<", ">");
        assertThat(escaped.replace("\u200b", "")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .isEqualTo(text + "<!channel> & <http://x|y>");
    }

    @Property
    void keepsTheLimitAndCutsNoEscapeInHalf(@ForAll String text, @ForAll @IntRange(min = 10, max = 100) int most) {
        String escaped = Mrkdwn.escape(text + "&<>&<>&<>&<>&<>&<>&<>&<>&<>&<>", most);

        assertThat(escaped.length()).isLessThanOrEqualTo(most);
        assertThat(escaped.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
    }

    @Test
    void keepsSlacksLimitsWithAHugeSummary() {
        String huge = "<b>&</b>".repeat(10_000);
        JsonNode body = body(Message.of(Stories.story(NoticeKind.FIRING, "m".repeat(1000), huge), LINKS));

        JsonNode blocks = body.at("/attachments/0/blocks");
        assertThat(blocks.size()).isBetween(3, 50);
        assertThat(blocks.at("/0/text/text").asText().length()).isLessThanOrEqualTo(150);
        assertThat(blocks.at("/1/text/text").asText().length()).isBetween(2400, 2500);
        blocks.at("/2/fields")
                .forEach(
                        field -> assertThat(field.at("/text").asText().length()).isLessThanOrEqualTo(2000));
        assertThat(body.at("/text").asText().length()).isLessThanOrEqualTo(3000);
    }

    @Test
    void givesLongFactsTheWholeWidthAndKeepsRoomForTheLinks() {
        Message plain = Message.of(Stories.story(NoticeKind.FIRING, "shop", "lag"), LINKS);
        List<Fact> facts = IntStream.range(0, 120)
                .mapToObj(i -> new Fact("fact " + i, i % 3 == 0 ? "<long> ".repeat(1000) : "short"))
                .toList();

        JsonNode few = body(with(plain, facts.subList(0, 4))).at("/attachments/0/blocks");
        JsonNode many = body(with(plain, facts)).at("/attachments/0/blocks");

        assertThat(few.at("/2/text/text").asText())
                .startsWith("*fact 0*\n&lt;long&gt; ")
                .hasSizeBetween(2400, 3000);
        assertThat(few.at("/3/fields")).hasSize(2);
        assertThat(few.at("/4/text/text").asText()).startsWith("*fact 3*");
        assertThat(many.size()).isBetween(5, 50);
        assertThat(many.get(many.size() - 1).at("/type").asText()).isEqualTo("context");
        assertThat(many.toString().length()).isBetween(6000, 13_000);
        assertThat(many.toString()).contains("*fact 119*", "more, for want of room");
    }

    @Test
    void leavesOutLinksThatSlackHasNoRoomFor() {
        Alert alert = Alert.firing(
                new Report(
                        Labels.of(Map.of("alertname", "A")),
                        Map.of(
                                "summary",
                                " ",
                                "dashboard_url",
                                "https://d/" + "&".repeat(1900),
                                "runbook_url",
                                "https://r/1"),
                        Source.API,
                        Severity.WARNING,
                        "e",
                        Stories.SINCE,
                        Stories.SINCE,
                        null,
                        null,
                        null,
                        null,
                        "https://p/" + "x".repeat(1900)),
                null,
                Stories.SINCE);

        JsonNode blocks =
                body(Message.of(Stories.story(NoticeKind.FIRING, alert), LINKS)).at("/attachments/0/blocks");

        assertThat(blocks.at("/1/text/text").asText()).isEqualTo("A");
        assertThat(blocks.get(blocks.size() - 1).at("/elements").findValuesAsText("text"))
                .hasSize(2)
                .allMatch(text -> text.length() <= 3000)
                .anyMatch(text -> text.startsWith("<https://r/1|"))
                .anyMatch(text -> text.startsWith("<https://p/x"));
    }

    private static Message with(Message message, List<Fact> facts) {
        return new Message(
                message.title(),
                message.summary(),
                facts,
                message.links(),
                message.severity(),
                message.kind(),
                message.story());
    }

    @Test
    void showsMarkupAsText() {
        assertThat(Mrkdwn.escape("*bold* _slanted_ ~gone~ `code` a_b*c"))
                .isEqualTo("\u200b*bold* \u200b_slanted_ \u200b~gone~ \u200b`code\u200b` a_b*c");
        assertThat(Mrkdwn.escape("> a quotation\n> and more")).isEqualTo("\u200b&gt; a quotation\n\u200b&gt; and more");
        assertThat(Mrkdwn.escape("<!channel> <@U1> <https://evil|bank>"))
                .isEqualTo("&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil|bank&gt;");
        assertThat(Mrkdwn.link("https://x/?a=<b>|c&d", "<!here>"))
                .isEqualTo("<https://x/?a=%3Cb%3E%7Cc&amp;d|&lt;!here&gt;>");
    }

    @Test
    void showsTheStateByItsColour() {
        assertThat(colour(NoticeKind.FIRING)).isEqualTo("#ecb22e");
        assertThat(colour(NoticeKind.RESOLVED)).isEqualTo("#2eb67d");
    }

    private static String colour(NoticeKind kind) {
        return body(Message.of(Stories.story(kind, "shop", "lag"), LINKS))
                .at("/attachments/0/color")
                .asText();
    }

    private static JsonNode body(Message message) {
        return new ObjectMapper().valueToTree(SlackMessage.of(message));
    }
}
