package io.flywatch.system.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that holds each benchmark's last table, between markers of its name. */
final class BenchmarksPage {
    private final Path file;

    BenchmarksPage(Path file) {
        this.file = file;
    }

    /** Puts a section in the place of the one of that name, or at the end. */
    void put(String name, String section) throws IOException {
        String begin = "<!-- " + name + " -->";
        String end = "<!-- end of " + name + " -->";
        String block = begin + "\n" + section + "\n" + end;
        String page = Files.readString(file);
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        String text = from < 0 || to < from
                ? page.stripTrailing() + "\n\n" + block + "\n"
                : page.substring(0, from) + block + page.substring(to + end.length());
        Files.writeString(file, text);
    }
}
