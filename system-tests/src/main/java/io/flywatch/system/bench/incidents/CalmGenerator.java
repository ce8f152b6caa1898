package io.flywatch.system.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.system.bench.incidents.Recording.Heard;
import io.flywatch.system.stand.Layout;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Hours of calm out of minutes of it: recorded stretches without an incident, cut into blocks of a minute, drawn with their seed and
 * put one behind the other (a block bootstrap: within a block everything hangs together as it did). Times are moved, counts go on from
 * where the block before ended, and rates follow a course of the day between 60 % and 140 %. What comes out is synthetic: it knows no
 * trouble that was not recorded, and no calm either.
 */
final class CalmGenerator {
    private static final long BLOCK_MS = 60_000;
    private static final long AFTERMATH_MS = 60_000;
    private static final long SETTLED_MS = 90_000;
    private static final double DAY_MS = 86_400_000;
    private static final long BEGIN = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
    private static final String ID = "synthetic";
    private static final List<String> COUNTS = List.of("rowsDone", "errors", "deadLetters");
    private static final List<String> RATES = List.of("arrivingPerSecond", "appliedPerSecond", "rowsPerSecond");

    private final List<Path> slices;

    CalmGenerator(List<Path> slices) {
        this.slices = slices;
    }

    /** Writes so many hours of the half that this seed is of. */
    Path write(long hours, long seed) throws IOException {
        List<List<Heard>> blocks = blocks(seed % 2 == 0);
        if (blocks.isEmpty()) {
            throw new IllegalStateException("No calm was recorded: ./bench record-incidents --mode calm");
        }
        Files.createDirectories(Layout.target("tmp"));
        Path file = Layout.target("tmp").resolve("synthetic-" + seed + ".jsonl.gz");
        Random random = new Random(seed);
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), StandardCharsets.UTF_8)) {
            Counts counts = new Counts();
            for (long at = BEGIN; at < BEGIN + hours * 3_600_000; at += BLOCK_MS) {
                write(out, blocks.get(random.nextInt(blocks.size())), at, counts);
            }
        }
        return file;
    }

    /** Minutes in which a migration streamed, far from every incident, pause and restart of its own. */
    private List<List<Heard>> blocks(boolean scored) throws IOException {
        List<List<Heard>> blocks = new ArrayList<>();
        for (Path slice : slices) {
            Recording recording = Recording.read(slice);
            if (recording.onlyScored() != scored) {
                continue;
            }
            for (String migration : recording.migrations()) {
                List<Heard> heard = Recording.read(slice, migration);
                for (long from = recording.from(); from + BLOCK_MS <= recording.to(); from += BLOCK_MS) {
                    if (isCalm(recording, migration, from)) {
                        long begin = from;
                        List<Heard> block = heard.stream()
                                .filter(it -> it.at() >= begin && it.at() < begin + BLOCK_MS)
                                .filter(it -> isSample(it.event()))
                                .toList();
                        if (block.size() >= BLOCK_MS / 1000) {
                            blocks.add(block);
                        }
                    }
                }
            }
        }
        return blocks;
    }

    private static boolean isSample(JsonNode event) {
        String type = event.path("type").asText();
        return type.equals("lag.sample") || type.equals("progress.sample");
    }

    private static boolean isCalm(Recording recording, String migration, long from) {
        return recording.labels().stream()
                        .filter(label -> label.strikes(migration))
                        .noneMatch(label -> {
                            boolean peaceful = label.kind().equals("load_peak")
                                    || label.kind().equals("idle");
                            long after = label.kind().equals("snapshot") ? SETTLED_MS : AFTERMATH_MS;
                            return !peaceful && from + BLOCK_MS > label.from() && from < label.to() + after;
                        })
                && recording.labels().stream().anyMatch(label -> label.strikes(migration));
    }

    private static void write(Writer out, List<Heard> block, long at, Counts counts) throws IOException {
        long moved = at - block.getFirst().at();
        double course = 1 + 0.4 * Math.sin(2 * Math.PI * (at - BEGIN) / DAY_MS);
        counts.begin();
        for (Heard heard :
                block.stream().sorted(Comparator.comparingLong(Heard::at)).toList()) {
            ObjectNode event = heard.event().deepCopy();
            event.put("migrationId", ID);
            event.put("runId", ID);
            event.put(
                    "at",
                    Instant.parse(event.path("at").asText()).plusMillis(moved).toString());
            if (event.has("replica")) {
                event.put("replica", ID);
            }
            RATES.forEach(rate -> scale(event, rate, course));
            COUNTS.forEach(count -> counts.carry(event, count, count));
            event.path("tables").forEach(table -> {
                String name = table.path("source").asText(table.path("table").asText());
                for (String count : List.of("snapshotRows", "streamedRows", "rowsDone")) {
                    counts.carry((ObjectNode) table, count, name + count);
                }
                scale((ObjectNode) table, "rowsPerSecond", course);
            });
            out.write("{\"heard\":" + (heard.at() + moved) + ",\"topic\":\"" + heard.topic() + "\",\"event\":"
                    + Recording.JSON.writeValueAsString(event) + "}\n");
        }
    }

    private static void scale(ObjectNode of, String rate, double by) {
        if (of.path(rate).isNumber()) {
            of.put(rate, of.path(rate).asDouble() * by);
        }
    }

    /** Counts that go on over blocks. */
    private static final class Counts {
        private final java.util.Map<String, Long> last = new java.util.HashMap<>();
        private final java.util.Map<String, Long> shift = new java.util.HashMap<>();

        void begin() {
            shift.clear();
        }

        void carry(ObjectNode of, String field, String key) {
            if (of.path(field).isNumber()) {
                long value = of.path(field).asLong();
                String named = of.has("replica") || of.has("source") ? key : "progress " + key;
                long by = shift.computeIfAbsent(named, it -> last.getOrDefault(named, value) - value);
                of.put(field, value + by);
                last.put(named, value + by);
            }
        }
    }
}
