package io.flywatch.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that exist, and none without one. */
class GuaranteesTest {
    private static final Path PAGE = Path.of("../docs/guarantees.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`");

    @Test
    void namesATestForEachRuleAndEachOfThemExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ") && !line.startsWith("| rule") && !line.startsWith("| ---")) {
                check(line, wrong);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void check(String rule, List<String> wrong) {
        Matcher named = NAMED.matcher(rule);
        int found = 0;
        while (named.find()) {
            found++;
            if (!exists(named.group(1), named.group(2))) {
                wrong.add("there is no " + named.group(1) + "." + named.group(2));
            }
        }
        if (found == 0) {
            wrong.add("no test is named by: " + rule);
        }
    }

    private static boolean exists(String type, String method) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.endsWith(type + ".java"))
                    .anyMatch(file -> read(file).contains(" " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
