package io.flywatch.alerts.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tells one alert from another. */
public record Labels(SortedMap<String, String> values) {

    private static final byte END = (byte) 0xff;

    public Labels {
        values = new TreeMap<>(values);
    }

    /** Labels in any order. */
    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    /** The labels of an anomaly. Neither time nor severity: the same trouble is the same alert, each time and however bad. */
    public static Labels of(String alertName, String migrationId, String series) {
        return of(Map.of("alertname", alertName, "migration", migrationId, "series", series));
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
