package io.flywatch.alerts.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a reader goes next.
 *
 * @param console base URL of the migration-runner
 * @param runbook base URL of the runbook, whose anchors are the rules' names
 */
public record Links(Optional<String> console, Optional<String> runbook) {

    /**
     * A place to go to.
     *
     * @param text what it is called
     */
    public record Link(String text, String url) {}

    /** The links of a story. */
    public List<Link> of(Story story) {
        List<Link> links = new ArrayList<>();
        console.ifPresent(base -> links.add(
                new Link("Migration", withoutSlash(base) + "/api/v1/migrations/" + encoded(story.migrationId()))));
        runbook.ifPresent(base -> links.add(
                new Link("Runbook", base + "#" + encoded(story.anomaly().rule()))));
        return links;
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
