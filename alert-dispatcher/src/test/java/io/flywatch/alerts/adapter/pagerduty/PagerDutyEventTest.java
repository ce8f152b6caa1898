package io.flywatch.alerts.adapter.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.Stories;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import java.util.Optional;
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

    private static JsonNode event(NoticeKind kind, String summary) {
        Story story = Stories.story(kind, "shop", summary);
        Message message =
                Message.of(story, new Links(Optional.of("http://127.0.0.1:8080"), Optional.empty(), Optional.empty()));
        return new ObjectMapper()
                .valueToTree(PagerDutyEvent.of(story, message, "key").body());
    }
}
