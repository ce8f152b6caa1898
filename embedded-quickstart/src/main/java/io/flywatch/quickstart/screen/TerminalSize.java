package io.flywatch.quickstart.screen;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How large the terminal is; asked again now and then, as people resize windows. */
final class TerminalSize {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private int columns = 100;
    private int rows = 40;
    private long askedAt = System.nanoTime() - EVERY.toNanos();

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    void refresh() {
        if (System.nanoTime() - askedAt < EVERY.toNanos()) {
            return;
        }
        askedAt = System.nanoTime();
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0) {
                set(answer.split(" ", -1));
            }
        } catch (IOException e) {
            // No stty here: the size stays as it was.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void set(String[] rowsAndColumns) {
        int newRows = Integer.parseInt(rowsAndColumns[0]);
        int newColumns = Integer.parseInt(rowsAndColumns[1]);
        if (newRows > 0 && newColumns > 0) {
            rows = newRows;
            columns = newColumns;
        }
    }
}
