package io.flywatch.alerts.route;

import io.flywatch.events.anomaly.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told, by severity.
 *
 * @param receivers their names by severity, in the configured order
 * @param configured the receivers that can be told
 */
public record Routes(Map<Severity, List<String>> receivers, Set<String> configured) {
    public Routes {
        receivers = Map.copyOf(receivers);
        configured = Set.copyOf(configured);
    }

    /** All that are routed for a severity. */
    public List<String> routed(Severity severity) {
        return receivers.getOrDefault(severity, List.of());
    }

    /** Those that are routed for a severity and can be told. */
    public List<String> reachable(Severity severity) {
        return routed(severity).stream().filter(configured::contains).toList();
    }
}
