package io.flywatch.cdc.change;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Records that Debezium 3.6.1 wrote of a PostgreSQL 17, with {@code binary.handling.mode=bytes} and the runner's other settings: a
 * table of all types, two tables of large values that are not sent twice, and heartbeats.
 */
public final class Recorded {

    private Recorded() {}

    /** A record, and where it was found. */
    public record Found(String topic, long offset, Raw raw) {}

    /** The records of a table, in order. */
    public static List<Found> of(String table) {
        return all().stream()
                .filter(found -> found.topic().endsWith("." + table))
                .toList();
    }

    /** All records of a PostgreSQL. */
    public static List<Found> all() {
        return in("/debezium-3.6.1-postgresql-17.txt.gz");
    }

    /** The records of two tables of domains of a PostgreSQL, in order, of which the later ones have one domain more. */
    public static List<Found> ofDomains() {
        return in("/debezium-3.6.1-postgresql-17-domains.txt.gz");
    }

    /** The records of the table {@code types} of a MariaDB, in order. */
    public static List<Found> ofMariaDb() {
        return in("/debezium-3.5.0-mariadb-11.4.txt.gz");
    }

    private static List<Found> in(String file) {
        List<Found> all = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            String topic = Objects.requireNonNull(lines.readLine()).substring(2);
            while (topic != null) {
                String next = null;
                Map<String, byte[]> parts = new HashMap<>();
                for (String line = lines.readLine(); line != null && next == null; ) {
                    part(line, parts);
                    line = lines.readLine();
                    if (line != null && line.startsWith("T ")) {
                        next = line.substring(2);
                    }
                }
                all.add(found(topic, parts));
                topic = next;
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(Recorded.class.getResourceAsStream(file))),
                StandardCharsets.UTF_8));
    }

    private static void part(String line, Map<String, byte[]> parts) {
        String name = line.startsWith("H ") ? line.split(" ", 3)[1] : line.substring(0, 1);
        String value = line.startsWith("H ") ? line.split(" ", 3)[2] : line.substring(2);
        if (!value.equals("null")) {
            parts.put(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Found found(String topic, Map<String, byte[]> parts) {
        String[] place = topic.split(" ", -1);
        return new Found(
                place[0],
                Long.parseLong(place[1]),
                new Raw(
                        part(parts, "K"),
                        part(parts, "V"),
                        part(parts, "__debezium.newkey"),
                        part(parts, "__debezium.oldkey"),
                        Long.parseLong(place[2]) * 1_000,
                        Long.parseLong(place[2]) * 1_000 + 5_000));
    }

    private static byte @Nullable [] part(Map<String, byte[]> parts, String name) {
        return parts.get(name);
    }
}
