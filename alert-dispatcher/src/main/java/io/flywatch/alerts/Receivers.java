package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.deliver.ReceiverType;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those who can be told. One whose declaration did not change is kept over a reload, with all that is known of its health. */
@Singleton
public final class Receivers {

    private final Map<String, ReceiverType> types = new LinkedHashMap<>();
    private final DeliveryConfig config;
    private final AlertMetrics metrics;
    private volatile Map<String, GuardedReceiver> receivers = Map.of();

    Receivers(@All List<ReceiverType> types, DeliveryConfig config, AlertMetrics metrics) {
        types.forEach(type -> this.types.put(type.type(), type));
        this.config = config;
        this.metrics = metrics;
    }

    /** What is wrong with declarations; empty if nothing is. */
    public List<String> flaws(ReceiverSpec spec) {
        ReceiverType type = types.get(spec.type());
        if (type == null) {
            return List.of("receiver '" + spec.name() + "' has the type '" + spec.type()
                    + "', which there is not; there are " + String.join(", ", types.keySet()));
        }
        List<String> flaws = new ArrayList<>();
        type.flaws(spec).forEach(flaw -> flaws.add("receiver '" + spec.name() + "' " + flaw));
        return flaws;
    }

    /** The sort of receivers of a name. */
    public Optional<ReceiverType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** How much a sort of receiver takes if nothing is declared. */
    public ReceiverSpec.Rate rate(String type) {
        ReceiverType known = types.get(type);
        return known == null ? ReceiverSpec.Rate.ANY : known.rate();
    }

    /** Takes new declarations, which have no flaws. */
    synchronized void use(Map<String, ReceiverSpec> specs) {
        Map<String, GuardedReceiver> next = new LinkedHashMap<>();
        specs.forEach((name, spec) -> {
            GuardedReceiver before = receivers.get(name);
            next.put(
                    name,
                    before != null && before.spec().equals(spec)
                            ? before
                            : new GuardedReceiver(spec, receiver(spec), config));
        });
        receivers = next;
        metrics.watch(next.values());
    }

    private io.flywatch.alerts.deliver.Receiver receiver(ReceiverSpec spec) {
        ReceiverType type = types.get(spec.type());
        if (type == null) {
            throw new IllegalArgumentException("no such type: " + spec.type());
        }
        return type.receiver(spec);
    }

    /** All of them. */
    public List<GuardedReceiver> all() {
        return List.copyOf(receivers.values());
    }

    /** One by its name. */
    public Optional<GuardedReceiver> find(String name) {
        return Optional.ofNullable(receivers.get(name));
    }
}
