package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the text of the sources can answer. */
class SourcesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST = 300;

    @Test
    void explainsEveryPackageInItsPackageInfo() throws IOException {
        List<Path> unexplained = sources("main")
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !text(folder.resolve("package-info.java")).contains("@NullMarked"))
                .map(ROOT::relativize)
                .toList();

        assertThat(unexplained)
                .as("packages without a @NullMarked package-info.java")
                .isEmpty();
    }

    @Test
    void keepsFilesShort() throws IOException {
        List<String> tooLong = sources("main")
                .filter(file -> text(file).lines().count() > LONGEST)
                .map(file -> ROOT.relativize(file) + ": " + text(file).lines().count())
                .toList();

        assertThat(tooLong).as("files over " + LONGEST + " lines").isEmpty();
    }

    @Test
    void neverSleepsInATest() throws IOException {
        // The needle is put together so that this file is no finding.
        String sleep = "Thread" + ".sleep(";

        assertThat(sources("test").filter(file -> text(file).contains(sleep)).map(ROOT::relativize))
                .as("tests wait for a condition, not for a time")
                .isEmpty();
    }

    private static Stream<Path> sources(String scope) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> roots = modules.map(module -> module.resolve("src/" + scope + "/java"))
                    .filter(Files::isDirectory)
                    .toList();
            assertThat(roots).isNotEmpty();
            return roots.stream().flatMap(SourcesTest::javaFiles).toList().stream();
        }
    }

    private static Stream<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
