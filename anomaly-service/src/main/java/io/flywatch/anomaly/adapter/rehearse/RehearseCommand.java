package io.flywatch.anomaly.adapter.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flywatch.anomaly.OfflineSettings;
import io.flywatch.anomaly.detect.Detector;
import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.progress.ProgressEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** {@code rehearse FILE...}: what would have been told of recorded events, and when. */
public final class RehearseCommand {

    private static final int WRONG_USE = 2;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final String USAGE = """
            usage: rehearse [--sensitivity quiet|balanced|early] FILE...

            Goes through recorded events, each file with a detector of its own and by the rules in force, and prints what would have
            been told: {"file": ..., "told": milliseconds, "event": ...}. A line of a file (gzip, if it is called *.gz) is
            {"heard": milliseconds, "topic": "progress" or "lag", "event": ...}, in the order in which events were heard.""";

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final PrintStream out;
    private final PrintStream err;
    private Sensitivity sensitivity = Sensitivity.BALANCED;

    /** A command with its streams. */
    public RehearseCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs it; what it returns is the process's exit code. */
    public int run(String... args) {
        List<Path> files = new ArrayList<>();
        try {
            for (int next = 0; next < args.length; next++) {
                if (args[next].equals("--sensitivity") && next + 1 < args.length) {
                    sensitivity = Sensitivity.valueOf(args[++next].toUpperCase(Locale.ROOT));
                } else if (args[next].startsWith("--")) {
                    throw new IllegalArgumentException("what is '" + args[next] + "'?");
                } else {
                    files.add(Path.of(args[next]));
                }
            }
        } catch (IllegalArgumentException e) {
            err.println("rehearse: " + e.getMessage() + "\n\n" + USAGE);
            return WRONG_USE;
        }
        if (files.isEmpty()) {
            out.println(USAGE);
            return 0;
        }
        DetectorSettings settings = OfflineSettings.of(sensitivity);
        for (Path file : files) {
            try (BufferedReader lines = open(file)) {
                new Course(file, new Detector(settings)).run(lines);
            } catch (IOException e) {
                err.println("rehearse: " + file + " can't be read: " + e.getMessage());
                return 1;
            }
        }
        out.flush();
        return 0;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
    }

    /** One file's course. */
    private final class Course {
        private final Path file;
        private final Detector detector;
        private Instant ticked = Instant.MIN;

        Course(Path file, Detector detector) {
            this.file = file;
            this.detector = detector;
        }

        void run(BufferedReader lines) throws IOException {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    take(json.readTree(line));
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    err.println("rehearse: " + file + ", line " + number + " is skipped: " + e.getMessage());
                }
            }
        }

        private void take(JsonNode line) throws JsonProcessingException {
            Instant heard = Instant.ofEpochMilli(line.path("heard").asLong());
            passTime(heard);
            JsonNode event = line.path("event");
            if (!line.path("topic").asText().equals("lag")) {
                tell(heard, detector.on(json.treeToValue(event, ProgressEvent.class), heard, true));
            } else if (json.treeToValue(event, LagEvent.class) instanceof LagSample sample) {
                tell(heard, detector.on(sample, heard, true));
            }
        }

        private void passTime(Instant to) throws JsonProcessingException {
            if (ticked.equals(Instant.MIN)) {
                ticked = to;
            }
            while (ticked.plus(TICK).isBefore(to)) {
                ticked = ticked.plus(TICK);
                tell(ticked, detector.tick(ticked));
            }
        }

        private void tell(Instant at, List<AnomalyEvent> told) throws JsonProcessingException {
            for (AnomalyEvent event : told) {
                out.println("{\"file\":" + json.writeValueAsString(file.toString()) + ",\"told\":" + at.toEpochMilli()
                        + ",\"event\":" + json.writerFor(AnomalyEvent.class).writeValueAsString(event) + "}");
            }
        }
    }
}
