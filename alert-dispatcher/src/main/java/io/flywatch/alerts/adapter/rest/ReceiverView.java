package io.flywatch.alerts.adapter.rest;

import java.util.List;

/**
 * A receiver as REST shows it, without any of its secrets.
 *
 * @param configured whether it can be told
 * @param missing the configuration keys that it lacks
 * @param severities what is routed to it
 */
public record ReceiverView(String name, boolean configured, List<String> missing, List<String> severities) {
    public ReceiverView {
        missing = List.copyOf(missing);
        severities = List.copyOf(severities);
    }
}
