package io.flywatch.anomaly;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the queries of the rules' file are asked. */
@ConfigMapping(prefix = "flywatch.prometheus")
public interface PrometheusConfig {

    /** The server, e.g. {@code http://prometheus:9090}; without one nothing is asked. */
    Optional<URI> url();

    /** How often each query is asked. */
    @WithDefault("PT15S")
    Duration every();

    /** How long an answer may take. */
    @WithDefault("PT5S")
    Duration timeout();

    /** The {@code Authorization} header, where one is needed. A secret. */
    Optional<String> authorization();
}
