package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with settings, by their keys. */
final class Checks {

    private Checks() {}

    static List<String> of(DeliveryConfig delivery) {
        List<String> flaws = new ArrayList<>();
        positive(flaws, "timeout", delivery.timeout());
        positive(flaws, "first-wait", delivery.firstWait());
        positive(flaws, "longest-wait", delivery.longestWait());
        positive(flaws, "give-up-after", delivery.giveUpAfter());
        positive(flaws, "break-for", delivery.breakFor());
        if (delivery.takeOverAfter().compareTo(Duration.ofSeconds(3)) < 0) {
            flaws.add(
                    "flywatch.delivery.take-over-after must be at least 3 s, as replicas give a sign of life each second; is "
                            + delivery.takeOverAfter());
        }
        if (delivery.breakAfter() < 2) {
            flaws.add("flywatch.delivery.break-after must be at least 2, is " + delivery.breakAfter());
        }
        return flaws;
    }

    private static void positive(List<String> flaws, String key, Duration value) {
        if (!value.isPositive()) {
            flaws.add("flywatch.delivery." + key + " must be longer than nothing, is " + value);
        }
    }
}
