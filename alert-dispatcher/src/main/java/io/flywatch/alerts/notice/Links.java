package io.flywatch.alerts.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a reader goes next.
 *
 * @param console URL of a migration's page, in which <code>{migration}</code> is replaced; without that the base URL of the
 *     migration-runner, which tells of it in JSON
 * @param dashboard URL of a dashboard; <code>{migration}</code> in it is replaced
 * @param runbook base URL of the runbook, whose anchors are the alerts' names
 */
public record Links(Optional<String> console, Optional<String> dashboard, Optional<String> runbook) {

    private static final String MIGRATION = "{migration}";

    /**
     * A place to go to.
     *
     * @param text what it is called
     */
    public record Link(String text, String url) {
        public Link {
            text = Text.harmless(text);
            url = Text.harmless(url);
        }
    }

    /** The links of a story; what the alert brought with it goes first. */
    public List<Link> of(Story story) {
        StoryAlert alert = story.first();
        Map<String, String> links = new LinkedHashMap<>();
        if (!alert.migrationId().isEmpty()) {
            String migration = encoded(alert.migrationId());
            console.ifPresent(base -> links.put("Migration", page(base, migration)));
            dashboard.ifPresent(base -> links.put("Dashboard", base.replace(MIGRATION, migration)));
        }
        runbook.ifPresent(base -> links.put("Runbook", base + "#" + encoded(alert.name())));
        links.putAll(alert.urls());
        List<Link> all = new ArrayList<>();
        links.forEach((text, url) -> all.add(new Link(text, url)));
        return all;
    }

    private static String page(String base, String migration) {
        return base.contains(MIGRATION)
                ? base.replace(MIGRATION, migration)
                : withoutSlash(base) + "/api/v1/migrations/" + migration;
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
