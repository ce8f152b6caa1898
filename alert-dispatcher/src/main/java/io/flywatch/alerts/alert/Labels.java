package io.flywatch.alerts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tells one alert from another. */
public record Labels(@JsonValue SortedMap<String, String> values) {

    /** The label that names an alert. */
    public static final String NAME = "alertname";

    /** The label that names a migration. */
    public static final String MIGRATION = "migration";

    private static final byte END = (byte) 0xff;

    @JsonCreator
    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Labels in any order. An empty value is no label, as in Prometheus. */
    public static Labels of(Map<String, String> values) {
        TreeMap<String, String> sorted = new TreeMap<>(values);
        sorted.values().removeIf(String::isEmpty);
        return new Labels(sorted);
    }

    /** The labels of an anomaly. Neither time nor severity: the same trouble is the same alert, each time and however bad. */
    public static Labels of(String alertName, String migrationId, String series) {
        return of(Map.of(NAME, alertName, MIGRATION, migrationId, "series", series));
    }

    /** A label's value; empty if there is none. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** Only some of the labels. */
    public Labels only(Iterable<String> names) {
        TreeMap<String, String> some = new TreeMap<>();
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                some.put(name, value);
            }
        }
        return new Labels(some);
    }

    /**
     * SHA-256 over the sorted names and values, in hex. Each is followed by a byte that is in no UTF-8 text, so that no two sets of
     * labels run together.
     */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            values.forEach((name, value) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(END);
                digest.update(value.getBytes(StandardCharsets.UTF_8));
                digest.update(END);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
