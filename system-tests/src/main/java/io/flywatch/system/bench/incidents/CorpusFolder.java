package io.flywatch.system.bench.incidents;

import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the recordings are, and what is in them. */
final class CorpusFolder {
    private static final double BUSY = 3;

    private CorpusFolder() {}

    static Path home() {
        return Layout.home().resolve("system-tests/incidents");
    }

    /** The slices, by name. */
    static List<Path> slices() throws IOException {
        if (!Files.isDirectory(home())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(home())) {
            return folders.filter(folder -> Files.exists(folder.resolve("labels.json")))
                    .sorted()
                    .toList();
        }
    }

    static Table table() throws IOException {
        Map<String, int[]> kinds = new TreeMap<>();
        double[] hours = new double[2];
        List<String> notes = new ArrayList<>();
        for (Path slice : slices()) {
            Recording recording = Recording.read(slice);
            int half = recording.onlyScored() ? 1 : 0;
            recording
                    .labels()
                    .forEach(label -> kinds.computeIfAbsent(
                                    (label.incident() ? "" : "calm: ") + label.kind(), key -> new int[2])[half]++);
            double length = (recording.to() - recording.from())
                    / 3.6e6
                    * recording.migrations().size();
            hours[half] += length;
            long busy = recording.load().stream().filter(load -> load > BUSY).count();
            notes.add(String.format(
                    Locale.ROOT,
                    "%s: %.2f hours of migrations, %.0f %% of the time with a load average over %.0f.",
                    slice.getFileName(),
                    length,
                    100.0 * busy / Math.max(1, recording.load().size()),
                    BUSY));
        }
        List<List<String>> rows = new ArrayList<>();
        kinds.forEach((kind, many) -> rows.add(List.of(kind, Integer.toString(many[0]), Integer.toString(many[1]))));
        rows.add(List.of("hours of migrations", hours(hours[0]), hours(hours[1])));
        return new Table("The corpus of incidents", List.of("what", "to build with", "only scored"), rows, notes);
    }

    private static String hours(double hours) {
        return String.format(Locale.ROOT, "%.2f", hours);
    }
}
