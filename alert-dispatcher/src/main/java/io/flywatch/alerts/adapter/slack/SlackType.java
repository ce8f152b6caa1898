package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.adapter.http.Addresses;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.deliver.ReceiverType;
import io.flywatch.alerts.notice.Words;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Slack: an incoming webhook, or a bot's token and a channel. */
@Singleton
final class SlackType implements ReceiverType {

    private static final String API = "https://slack.com/api";

    private final JsonPost http;
    private final Words words;

    SlackType(JsonPost http, Words words) {
        this.http = http;
        this.words = words;
    }

    @Override
    public String type() {
        return "slack";
    }

    @Override
    public List<String> settings() {
        return List.of("url", "token", "channel", "api");
    }

    @Override
    public Rate rate() {
        return new Rate(1, Duration.ofSeconds(1));
    }

    @Override
    public List<String> flaws(ReceiverSpec spec) {
        List<String> flaws = new ArrayList<>();
        if (spec.get("token").isPresent()) {
            if (spec.get("channel").isEmpty()) {
                flaws.add("needs 'channel' beside 'token'");
            }
            spec.get("api").flatMap(url -> Addresses.flaw("'api'", url)).ifPresent(flaws::add);
        } else {
            spec.get("url")
                    .map(url -> Addresses.flaw("'url'", url))
                    .orElse(java.util.Optional.of("needs 'url', an incoming webhook, or 'token' and 'channel'"))
                    .ifPresent(flaws::add);
        }
        return flaws;
    }

    @Override
    public Receiver receiver(ReceiverSpec spec) {
        return spec.get("token")
                .<Receiver>map(token -> new SlackBot(
                        spec.name(),
                        spec.get("api").orElse(API).replaceFirst("/+$", ""),
                        token,
                        spec.get("channel").orElseThrow(),
                        http,
                        words))
                .orElseGet(() -> new SlackReceiver(
                        spec.name(), Addresses.of("url", spec.get("url").orElseThrow()), http, words));
    }
}
