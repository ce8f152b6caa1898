package io.flywatch.quickstart.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours.
 *
 * @param name what a person calls it
 * @param process the process itself
 * @param log the file that holds what it wrote
 */
public record Child(String name, Process process, Path log) {

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote last. */
    public List<String> lastLines(int count) {
        Deque<String> lines = new ArrayDeque<>();
        try (var reader = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (lines.size() == count) {
                    lines.removeFirst();
                }
                lines.addLast(line);
            }
        } catch (IOException e) {
            return List.of("(" + log + " can't be read: " + e.getMessage() + ")");
        }
        return List.copyOf(lines);
    }

    /** Asks it to end. */
    void ask() {
        process.destroy();
    }

    /** Waits for its end, and forces it if that takes too long. */
    void await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
