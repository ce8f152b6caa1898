package io.flywatch.alerts.alert;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as Prometheus, Alertmanager and others post it.
 *
 * @param status {@code resolved} where an Alertmanager says so
 * @param startsAt RFC 3339; left out or in the year 1 for now
 * @param endsAt RFC 3339; left out or in the year 1 for not yet
 * @param generatorURL a link to where it comes from
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Posted(
        @Nullable Map<String, @Nullable String> labels,
        @Nullable Map<String, @Nullable String> annotations,
        @Nullable String status,
        @Nullable String startsAt,
        @Nullable String endsAt,
        @Nullable String generatorURL) {}
