package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import java.util.LinkedHashMap;
import java.util.Map;

/** Headers by which mail programs put the messages about one episode together. */
final class Threads {

    private static final int SHORT = 24;

    private Threads() {}

    /** All headers but subject, sender and receivers. A notice that is sent twice has the same id both times. */
    static Map<String, String> headers(Notice notice, String domain) {
        Story story = notice.story();
        String root =
                "flywatch." + cut(story.thread()) + "." + cut(story.first().episode());
        String rootId = "<" + root + "@" + domain + ">";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Message-ID", "<" + root + "." + notice.id() + "@" + domain + ">");
        headers.put("References", rootId);
        headers.put("In-Reply-To", rootId);
        headers.put("List-Id", "Flywatch alerts <alerts.flywatch." + domain + ">");
        headers.put("Auto-Submitted", "auto-generated");
        headers.put("X-Auto-Response-Suppress", "All");
        headers.put("X-Flywatch-Fingerprint", cut(story.thread()));
        return headers;
    }

    /** Only what may stand in a message id. */
    private static String cut(String id) {
        String safe = id.replaceAll("[^A-Za-z0-9-]", "");
        return safe.substring(0, Math.min(safe.length(), SHORT));
    }
}
