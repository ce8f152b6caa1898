package io.flywatch.system.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One slice of the corpus: a folder with {@code labels.json} and, of each migration, {@code <id>.jsonl.gz}. A line of those is {@code
 * {"heard": millis, "topic": "progress" or "lag", "event": …}}, in the order in which a consumer got them.
 *
 * @param seed decides what was done, and which half of the corpus it is of
 * @param from when the recording began
 * @param to when it ended
 * @param load the machine's load average, looked at every ten seconds
 */
public record Recording(
        long seed, String mode, long from, long to, List<Double> load, List<String> migrations, List<Label> labels) {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    public Recording {
        load = List.copyOf(load);
        migrations = List.copyOf(migrations);
        labels = List.copyOf(labels);
    }

    /** An event as it came. */
    record Heard(long at, String topic, JsonNode event) {}

    /** Recordings of even seeds are only scored, never looked at while building. */
    boolean onlyScored() {
        return seed % 2 == 0;
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("labels.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    static Recording read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve("labels.json").toFile(), Recording.class);
    }

    static void write(Path folder, String migration, List<Heard> events) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(migration + ".jsonl.gz"))) {
                    {
                        def.setLevel(9);
                    }
                },
                StandardCharsets.UTF_8)) {
            for (Heard heard : events) {
                out.write("{\"heard\":" + heard.at() + ",\"topic\":\"" + heard.topic() + "\",\"event\":"
                        + JSON.writeValueAsString(heard.event()) + "}\n");
            }
        }
    }

    static List<Heard> read(Path folder, String migration) throws IOException {
        List<Heard> events = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(migration + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode read = JSON.readTree(line);
                events.add(new Heard(
                        read.path("heard").asLong(), read.path("topic").asText(), read.path("event")));
            }
        }
        return events;
    }
}
