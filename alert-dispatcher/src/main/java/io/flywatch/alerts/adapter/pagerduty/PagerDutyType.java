package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.adapter.http.Addresses;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.deliver.ReceiverType;
import io.flywatch.alerts.notice.Words;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PagerDuty, by a routing key. */
@Singleton
final class PagerDutyType implements ReceiverType {

    private static final String API = "https://events.pagerduty.com";

    private final JsonPost http;
    private final Words words;

    PagerDutyType(JsonPost http, Words words) {
        this.http = http;
        this.words = words;
    }

    @Override
    public String type() {
        return "pagerduty";
    }

    @Override
    public List<String> settings() {
        return List.of("routing_key", "url");
    }

    @Override
    public Rate rate() {
        return new Rate(120, Duration.ofMinutes(1));
    }

    @Override
    public List<String> flaws(ReceiverSpec spec) {
        List<String> flaws = new ArrayList<>();
        if (spec.get("routing_key").isEmpty()) {
            flaws.add("needs 'routing_key', the key of an integration by Events API v2");
        }
        spec.get("url").flatMap(url -> Addresses.flaw("'url'", url)).ifPresent(flaws::add);
        return flaws;
    }

    @Override
    public Receiver receiver(ReceiverSpec spec) {
        String base = spec.get("url").orElse(API).replaceFirst("/+$", "");
        return new PagerDutyReceiver(
                spec.name(),
                URI.create(base + "/v2/enqueue"),
                spec.get("routing_key").orElseThrow(),
                http,
                words);
    }
}
