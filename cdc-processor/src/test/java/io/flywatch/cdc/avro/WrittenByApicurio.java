package io.flywatch.cdc.avro;

import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.Recorded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What Apicurio's {@code AvroConverter} 2.6.8.Final made of {@link Recorded}, and the schemas that it registered, by their global ids and
 * with all that they refer to. Its libraries can't be on the class path of a Quarkus test without an extension of their own. Records of
 * columns whose names Avro does not allow are left out: Debezium changes such names when its converter is Avro's.
 */
record WrittenByApicurio(Map<Recorded.Found, Raw> records, Map<Long, String> schemas) {

    static WrittenByApicurio read() throws IOException {
        Map<String, Recorded.Found> recorded = new HashMap<>();
        Recorded.all().forEach(it -> recorded.put(it.offset() + " " + it.topic(), it));
        Map<Recorded.Found, Raw> records = new LinkedHashMap<>();
        Map<Long, String> schemas = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        WrittenByApicurio.class.getResourceAsStream("/apicurio-2.6.8-avro.txt.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("S ")) {
                    int space = line.indexOf(' ', 2);
                    schemas.put(Long.valueOf(line.substring(2, space)), line.substring(space + 1));
                } else {
                    String[] parts = line.split(" ", -1);
                    Recorded.Found found = Objects.requireNonNull(recorded.get(parts[1] + " " + parts[2]));
                    records.put(found, raw(found.raw(), bytes(parts[3]), bytes(parts[4])));
                }
            }
        }
        return new WrittenByApicurio(records, schemas);
    }

    private static Raw raw(Raw json, byte @Nullable [] key, byte @Nullable [] value) {
        return new Raw(key, value, json.newKey(), json.oldKey(), json.stored(), json.received());
    }

    private static byte @Nullable [] bytes(String text) {
        return text.equals("-") ? null : Base64.getDecoder().decode(text);
    }

    /** The last record of a table. */
    Raw last(String table) {
        return records.entrySet().stream()
                .filter(it -> it.getKey().topic().endsWith("." + table))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .getValue();
    }
}
