package io.flywatch.alerts.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Property
    void hasTheSameFingerprintInAnyOrder(@ForAll Map<String, String> labels, @ForAll long seed) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(labels.entrySet());
        Collections.shuffle(entries, new Random(seed));
        Map<String, String> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));

        assertThat(Labels.of(shuffled).fingerprint())
                .isEqualTo(Labels.of(labels).fingerprint())
                .matches("[0-9a-f]{64}");
    }

    @Property
    void tellsDifferentLabelsApart(@ForAll String one, @ForAll String two, @ForAll String three) {
        String fingerprint = Labels.of(one, two, three).fingerprint();

        assertThat(Labels.of(one + two, "", three).fingerprint().equals(fingerprint))
                .isEqualTo(two.isEmpty());
        assertThat(Labels.of(one, two + three, "").fingerprint().equals(fingerprint))
                .isEqualTo(three.isEmpty());
    }

    @Test
    void staysTheSameOverReleases() {
        assertThat(Labels.of("high_lag", "shop", "lag").fingerprint())
                .isEqualTo("7d03ba9ea1c327b6cffcaa45521c4b7940c26f47b54666de5eab332d60ebdcba");
    }
}
