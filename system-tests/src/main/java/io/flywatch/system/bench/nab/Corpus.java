package io.flywatch.system.bench.nab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The benchmark's files in a folder, as they come or compressed. */
final class Corpus {

    private static final int SECONDS = "2014-04-10 07:15:00".length();

    private final Path folder;
    private final List<LabelledSeries> series;

    Corpus(Path folder, List<LabelledSeries> series) {
        this.folder = folder;
        this.series = List.copyOf(series);
    }

    static Corpus read(Path folder) throws IOException {
        Path labels = folder.resolve("labels/combined_windows.json");
        if (!Files.exists(labels)) {
            throw new IOException(labels
                    + " is missing: --data names a folder with the Numenta Anomaly Benchmark's data/ and labels/.");
        }
        List<LabelledSeries> series = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file :
                new ObjectMapper().readTree(labels.toFile()).properties()) {
            series.add(series(folder.resolve("data"), file.getKey(), file.getValue()));
        }
        return new Corpus(folder, series);
    }

    private static LabelledSeries series(Path data, String name, JsonNode windows) throws IOException {
        List<String> rows = lines(data.resolve(name));
        rows.removeFirst();
        rows.removeIf(String::isBlank);
        long[] times = new long[rows.size()];
        double[] values = new double[rows.size()];
        Map<Long, Integer> firstRowAt = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            String[] cells = rows.get(row).split(",", -1);
            times[row] = seconds(cells[0]);
            values[row] = Double.parseDouble(cells[1]);
            firstRowAt.putIfAbsent(times[row], row);
        }
        List<int[]> ends = new ArrayList<>();
        for (JsonNode window : windows) {
            ends.add(new int[] {rowAt(firstRowAt, window.get(0)), rowAt(firstRowAt, window.get(1))});
        }
        return new LabelledSeries(name, times, values, ends);
    }

    private static int rowAt(Map<Long, Integer> rows, JsonNode time) throws IOException {
        Integer row = rows.get(seconds(time.asText()));
        if (row == null) {
            throw new IOException("no row is of the time " + time.asText() + " that a label names");
        }
        return row;
    }

    private static long seconds(String time) {
        return LocalDateTime.parse(time.substring(0, SECONDS).replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    }

    private static List<String> lines(Path file) throws IOException {
        if (Files.exists(file)) {
            return new ArrayList<>(Files.readAllLines(file));
        }
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(compressed)), StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        }
    }

    List<LabelledSeries> series() {
        return series;
    }

    /** The stored scores of a published detector, one array for each series. */
    List<double[]> stored(String detector) throws IOException {
        Map<String, double[]> scores = new HashMap<>();
        series.forEach(each -> scores.put(each.name(), new double[each.length()]));
        List<String> rows = lines(folder.resolve("scores-" + detector + ".csv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            double[] of = scores.get(cells[0]);
            int at = Integer.parseInt(cells[1]);
            if (of == null || at >= of.length) {
                throw new IOException("the stored scores of " + detector + " are of other data: " + row);
            }
            of[at] = Double.parseDouble(cells[2]);
        }
        return series.stream()
                .map(each -> scores.getOrDefault(each.name(), new double[0]))
                .toList();
    }
}
