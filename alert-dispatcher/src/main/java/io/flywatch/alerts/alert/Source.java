package io.flywatch.alerts.alert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an alert comes from. */
public enum Source {
    /** The anomaly-service. */
    @JsonProperty("anomaly")
    ANOMALY,
    /** Prometheus, or an Alertmanager. */
    @JsonProperty("prometheus")
    PROMETHEUS,
    /** Somebody who posted it. */
    @JsonProperty("api")
    API,
    /** The dispatcher itself. */
    @JsonProperty("dispatcher")
    DISPATCHER
}
