package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.AlertsConfig.ReceiversConfig;
import io.flywatch.alerts.adapter.http.Addresses;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.notice.Links;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** PagerDuty, if there is a routing key. */
@Singleton
final class PagerDutySource implements ReceiverSource {

    private final ReceiversConfig.PagerDuty config;
    private final JsonPost http;
    private final Links links;

    PagerDutySource(ReceiversConfig config, JsonPost http, Links links) {
        this.config = config.pagerduty();
        this.http = http;
        this.links = links;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public Optional<Receiver> receiver() {
        return config.routingKey().map(key -> new PagerDutyReceiver(name(), enqueue(), key, http, links));
    }

    private URI enqueue() {
        URI base = Addresses.of("flywatch.receivers.pagerduty.url", config.url());
        return URI.create(base.toString().replaceFirst("/+$", "") + "/v2/enqueue");
    }

    @Override
    public List<String> missing() {
        return config.routingKey().isPresent() ? List.of() : List.of("flywatch.receivers.pagerduty.routing-key");
    }
}
