package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.AlertsConfig.ReceiversConfig;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.notice.Links;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Email, if it is known from whom and to whom. */
@Singleton
final class EmailSource implements ReceiverSource {

    private final ReceiversConfig.Email config;
    private final LoopMailer mailer;
    private final MailBody body;
    private final Links links;

    EmailSource(ReceiversConfig config, LoopMailer mailer, MailBody body, Links links) {
        this.config = config.email();
        this.mailer = mailer;
        this.body = body;
        this.links = links;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public Optional<Receiver> receiver() {
        return missing().isEmpty()
                ? Optional.of(new EmailReceiver(
                        name(), config.to().orElseThrow(), config.from().orElseThrow(), mailer, body, links))
                : Optional.empty();
    }

    @Override
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (config.to().isEmpty()) {
            missing.add("flywatch.receivers.email.to");
        }
        if (config.from().isEmpty()) {
            missing.add("flywatch.receivers.email.from");
        }
        return missing;
    }
}
