package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All receivers that there could be, and those that there are. */
@Singleton
public final class Receivers {

    private final List<ReceiverSource> sources;
    private final List<Receiver> receivers = new ArrayList<>();

    Receivers(@All List<ReceiverSource> sources, DeliveryConfig config) {
        this.sources = List.copyOf(sources);
        for (ReceiverSource source : sources) {
            source.receiver().ifPresent(receiver -> receivers.add(new GuardedReceiver(receiver, config)));
        }
    }

    /** Those that are configured. */
    public List<Receiver> configured() {
        return List.copyOf(receivers);
    }

    /** A configured one by its name. */
    public Optional<Receiver> find(String name) {
        return receivers.stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst();
    }

    /** All there could be. */
    public List<ReceiverSource> sources() {
        return sources;
    }
}
