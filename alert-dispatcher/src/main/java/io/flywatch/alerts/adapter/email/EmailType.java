package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverSpec.Rate;
import io.flywatch.alerts.deliver.ReceiverType;
import io.flywatch.alerts.notice.Words;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Email. A server that is not on loopback has to be spoken to over TLS, unless that is allowed. */
@Singleton
final class EmailType implements ReceiverType {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final LoopMailer mailer;
    private final Words words;
    private final boolean safe;

    EmailType(
            LoopMailer mailer,
            Words words,
            @ConfigProperty(name = "quarkus.mailer.host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "quarkus.mailer.start-tls", defaultValue = "OPTIONAL") String startTls,
            @ConfigProperty(name = "quarkus.mailer.tls", defaultValue = "false") boolean tls) {
        this.mailer = mailer;
        this.words = words;
        this.safe = LOOPBACK.contains(host) || tls || startTls.equalsIgnoreCase("REQUIRED");
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public List<String> settings() {
        return List.of("to", "from", "allow_plain");
    }

    @Override
    public List<String> flags() {
        return List.of("allow_plain");
    }

    @Override
    public Rate rate() {
        return Rate.ANY;
    }

    @Override
    public List<String> flaws(ReceiverSpec spec) {
        List<String> flaws = new ArrayList<>();
        if (spec.list("to").isEmpty()) {
            flaws.add("needs 'to': who gets the mails");
        }
        if (spec.get("from").isEmpty()) {
            flaws.add("needs 'from': who sends them");
        }
        spec.list("to").stream()
                .filter(address -> !isAddress(address))
                .forEach(address -> flaws.add("has '" + address + "' in 'to', which is no address"));
        spec.get("from")
                .filter(address -> !isAddress(address))
                .ifPresent(address -> flaws.add("has a 'from' that is no address"));
        if (!safe && !spec.get("allow_plain").orElse("false").equals("true")) {
            flaws.add("would send mail in plain text to another machine; set quarkus.mailer.start-tls=REQUIRED or"
                    + " quarkus.mailer.tls=true, or allow it by allow_plain");
        }
        return flaws;
    }

    private static boolean isAddress(String text) {
        return text.matches("[^\\r\\n]*[^\\s@<>]+@[^\\s@<>]+[^\\r\\n]*")
                && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public Receiver receiver(ReceiverSpec spec) {
        return new EmailReceiver(spec.name(), spec.list("to"), spec.get("from").orElseThrow(), mailer, words);
    }
}
