package io.flywatch.system.bench.nab;

import io.flywatch.system.stand.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The packaged anomaly-service's command {@code score}, one process for each series, as anybody would run it. */
final class PackagedDetector {

    private PackagedDetector() {}

    static double[] scores(LabelledSeries series) throws IOException, InterruptedException {
        Path rows = Files.createTempFile("nab", ".csv");
        try {
            StringBuilder csv = new StringBuilder("timestamp,value\n");
            for (int row = 0; row < series.length(); row++) {
                csv.append(series.time(row))
                        .append(',')
                        .append(series.value(row))
                        .append('\n');
            }
            Files.writeString(rows, csv);
            return scores(rows, series);
        } finally {
            Files.delete(rows);
        }
    }

    private static double[] scores(Path rows, LabelledSeries series) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-jar",
                        Layout.packaged("anomaly-service").toString(),
                        "score",
                        rows.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        double[] scores = new double[series.length()];
        int next = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line : out.lines().toList()) {
                if (!line.startsWith("timestamp")) {
                    scores[next++] = Double.parseDouble(line.split(",", -1)[2]);
                }
            }
        }
        if (process.waitFor() != 0 || next != scores.length) {
            throw new IOException("score gave " + next + " rows for the " + scores.length + " of " + series.name());
        }
        return scores;
    }
}
