package io.flywatch.system.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.stand.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the packaged anomaly-service tells when recorded events are played to it: its own detection, in the time of the recording. */
final class Rehearsed {

    /**
     * Something that was told.
     *
     * @param at in milliseconds, when it would have been told
     * @param type {@code anomaly.opened}, {@code anomaly.updated} or {@code anomaly.closed}
     */
    record Told(long at, String type, JsonNode anomaly) {
        boolean opens() {
            return type.equals("anomaly.opened");
        }

        String episode() {
            return anomaly.path("id").asText();
        }

        /** The likeliest cause; empty if none was told. */
        String cause() {
            return anomaly.path("causes").path(0).path("kind").asText("");
        }
    }

    private Rehearsed() {}

    /** Plays files, each to a detector that knows nothing. */
    static Map<Path, List<Told>> of(String sensitivity, List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-jar",
                Layout.packaged("anomaly-service").toString(),
                "rehearse",
                "--sensitivity",
                sensitivity));
        files.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<Path, List<Told>> told = new HashMap<>();
        files.forEach(file -> told.put(file, new ArrayList<>()));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    JsonNode read = Recording.JSON.readTree(line);
                    told.getOrDefault(Path.of(read.path("file").asText()), new ArrayList<>())
                            .add(new Told(
                                    read.path("told").asLong(),
                                    read.path("event").path("type").asText(),
                                    read.path("event").path("anomaly")));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("rehearse failed with " + process.exitValue());
        }
        return told;
    }
}
