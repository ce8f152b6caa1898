package io.flywatch.alerts.adapter.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.Stories;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Links.Link;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagerDutyEventTest {

    @Test
    void triggersAndResolvesWithOneKey() {
        JsonNode trigger = event(NoticeKind.FIRING, "shop: lag is 73 s");
        JsonNode resolve = event(NoticeKind.RESOLVED, "shop: lag is 73 s");

        assertThat(trigger.at("/event_action").asText()).isEqualTo("trigger");
        assertThat(resolve.at("/event_action").asText()).isEqualTo("resolve");
        assertThat(resolve.at("/dedup_key")).isEqualTo(trigger.at("/dedup_key"));
        assertThat(trigger.at("/dedup_key").asText()).startsWith("flywatch-").hasSizeLessThanOrEqualTo(255);
        assertThat(trigger.at("/payload/severity").asText()).isEqualTo("warning");
        assertThat(trigger.at("/payload/custom_details/Likely cause").asText()).isEqualTo("the target is slow");
        assertThat(trigger.at("/links/0/href").asText()).endsWith("/api/v1/migrations/shop");
    }

    @Test
    void keepsTheLimitOfTheSummary() {
        assertThat(event(NoticeKind.FIRING, "x\n".repeat(5000))
                        .at("/payload/summary")
                        .asText())
                .hasSize(1024)
                .doesNotContain("\n");
    }

    @Test
    void saysWhereItIsInTheSummaryAndDropsNoDetailOfTheSameName() {
        Story story = Stories.story(NoticeKind.FIRING, "shop", "lag is 73 s");
        Message plain = Stories.message(story);
        List<Fact> facts = List.of(new Fact("db1: DiskFull", "/var"), new Fact("db1: DiskFull", "/home"));

        JsonNode event = new ObjectMapper()
                .valueToTree(PagerDutyEvent.of(story, with(plain, facts, plain.links()), "key")
                        .body());

        assertThat(event.at("/payload/summary").asText()).isEqualTo("shop: lag is 73 s");
        assertThat(event.at("/payload/custom_details/db1: DiskFull").asText()).isEqualTo("/var\n/home");
    }

    @Test
    void cutsTheDetailsFirstAndTheLinksNextToStayUnderTheLimit() throws Exception {
        Story story = Stories.story(NoticeKind.FIRING, "shop", "lag is 73 s");
        Message plain = Stories.message(story);
        List<Fact> facts = IntStream.range(0, 60)
                .mapToObj(i -> new Fact("fact " + i, "ü".repeat(16_000)))
                .toList();
        List<Link> links = IntStream.range(0, 400)
                .mapToObj(i -> new Link("link", "https://example.org/" + "x".repeat(1900)))
                .toList();

        JsonNode detailed = sent(with(plain, facts, plain.links()));
        JsonNode linked = sent(with(plain, facts, links));

        assertThat(detailed.at("/payload/custom_details/cut").asText()).contains("too large");
        assertThat(detailed.at("/links").size()).isEqualTo(plain.links().size());
        assertThat(linked.has("links")).isFalse();
        for (JsonNode event : List.of(detailed, linked)) {
            assertThat(event.at("/payload/summary").asText()).isEqualTo("shop: lag is 73 s");
            assertThat(event.at("/dedup_key").asText()).isEqualTo(PagerDutyEvent.dedupKey(story));
        }
    }

    private static Message with(Message message, List<Fact> facts, List<Link> links) {
        return new Message(
                message.title(), message.summary(), facts, links, message.severity(), message.kind(), message.story());
    }

    private static JsonNode sent(Message message) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String text = PagerDutyEvent.of(message.story(), message, "key")
                .text(body -> json.valueToTree(body).toString());
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(512_000);
        return json.readTree(text);
    }

    private static JsonNode event(NoticeKind kind, String summary) {
        Story story = Stories.story(kind, "shop", summary);
        Message message =
                Message.of(story, new Links(Optional.of("http://127.0.0.1:8080"), Optional.empty(), Optional.empty()));
        return new ObjectMapper()
                .valueToTree(PagerDutyEvent.of(story, message, "key").body());
    }
}
