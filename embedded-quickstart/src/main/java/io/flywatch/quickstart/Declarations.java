package io.flywatch.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The migration files of the run: the committed ones, with the database that the rows really go to. */
final class Declarations {

    private Declarations() {}

    static Path write(Path from, Path to, String database) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file).stream()
                        .map(line -> line.replaceFirst("^(\\s*database:).*", "$1 \"" + database + "\""))
                        .toList();
                Files.write(to.resolve(file.getFileName()), lines);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
