package io.flywatch.alerts.adapter.webhook;

import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.adapter.http.Addresses;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Reach;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.deliver.ReceiverType;
import io.flywatch.alerts.notice.Words;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Any HTTP endpoint. */
@Singleton
final class WebhookType implements ReceiverType {

    private final JsonPost http;
    private final Words words;
    private final SteadyClock clock;

    WebhookType(JsonPost http, Words words, SteadyClock clock) {
        this.http = http;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public List<String> settings() {
        return List.of("url", "secret", "allow_private");
    }

    @Override
    public List<String> flags() {
        return List.of("allow_private");
    }

    @Override
    public Rate rate() {
        return Rate.ANY;
    }

    @Override
    public List<String> flaws(ReceiverSpec spec) {
        return spec.get("url").map(url -> Addresses.flaw("'url'", url)).orElse(Optional.of("needs 'url'")).stream()
                .toList();
    }

    @Override
    public Receiver receiver(ReceiverSpec spec) {
        boolean anywhere = spec.get("allow_private").orElse("false").equals("true");
        return new WebhookReceiver(
                spec.name(),
                Addresses.of("url", spec.get("url").orElseThrow()),
                spec.get("secret").map(Signature::new),
                anywhere ? Reach.ANYWHERE : Reach.PUBLIC,
                http,
                words,
                clock);
    }
}
