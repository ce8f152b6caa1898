package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.AlertsConfig.ReceiversConfig;
import io.flywatch.alerts.adapter.http.Addresses;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.notice.Links;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Slack, if there is a webhook. */
@Singleton
final class SlackSource implements ReceiverSource {

    private static final String URL_KEY = "flywatch.receivers.slack.url";

    private final ReceiversConfig.Slack config;
    private final JsonPost http;
    private final Links links;

    SlackSource(ReceiversConfig config, JsonPost http, Links links) {
        this.config = config.slack();
        this.http = http;
        this.links = links;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Optional<Receiver> receiver() {
        return config.url().map(url -> new SlackReceiver(name(), Addresses.of(URL_KEY, url), http, links));
    }

    @Override
    public List<String> missing() {
        return config.url().isPresent() ? List.of() : List.of(URL_KEY);
    }
}
