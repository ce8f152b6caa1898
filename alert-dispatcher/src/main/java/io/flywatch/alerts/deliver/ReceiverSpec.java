package io.flywatch.alerts.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as it was declared.
 *
 * @param name what routes call it
 * @param type {@code slack}, {@code email}, {@code pagerduty} or {@code webhook}
 * @param settings what the type needs; some are secrets
 * @param fallback who is told what it refuses for good
 * @param rate how much it may be told
 * @param concurrency how many notices it gets at the same time
 */
public record ReceiverSpec(
        String name,
        String type,
        Map<String, String> settings,
        @Nullable String fallback,
        Rate rate,
        int concurrency) {

    public ReceiverSpec {
        settings = Map.copyOf(settings);
    }

    /**
     * A rate.
     *
     * @param notices how many; 0 for any number
     * @param within in how long
     */
    public record Rate(int notices, Duration within) {

        /** Any number. */
        public static final Rate ANY = new Rate(0, Duration.ofSeconds(1));

        /** Whether there is no bound. */
        public boolean any() {
            return notices == 0;
        }

        /** The time between two notices if they come evenly. */
        public Duration each() {
            return any() ? Duration.ZERO : within.dividedBy(notices);
        }
    }

    /** A setting. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(settings.get(key)).filter(value -> !value.isBlank());
    }

    /** A setting that is a list, parted by commas. */
    public List<String> list(String key) {
        return get(key).map(value -> List.of(value.split("\\s*,\\s*", -1)).stream()
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** Without its settings, as some are secrets. */
    @Override
    public String toString() {
        return type + ":" + name;
    }
}
