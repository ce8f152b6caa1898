package io.flywatch.alerts.adapter.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.events.alert.NoticeKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void putsTheMessagesOfAnEpisodeTogether() {
        var notice = Stories.notice(Stories.story(NoticeKind.FIRING, "shop", "lag"), 1);
        var again = Stories.notice(Stories.story(NoticeKind.FIRING, "shop", "lag"), 2);

        Map<String, String> headers = Threads.headers(notice, "example.org");

        assertThat(headers)
                .containsEntry("Auto-Submitted", "auto-generated")
                .containsEntry("References", "<flywatch.ffffffffffffffffffffffff.ep@example.org>")
                .containsEntry("Message-ID", "<flywatch.ffffffffffffffffffffffff.ep.7@example.org>");
        assertThat(Threads.headers(again, "example.org")).isEqualTo(headers);
    }
}
