package io.flywatch.anomaly.adapter.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void scoresEachRowInItsOrder() {
        StringBuilder file = new StringBuilder("timestamp,value\n");
        Random random = new Random(1);
        for (int row = 0; row < 1000; row++) {
            file.append("2026-01-01 %02d:%02d:%02d,".formatted(row / 3600, row / 60 % 60, row % 60))
                    .append(row >= 900 && row < 905 ? 500 : 100 + random.nextInt(10))
                    .append('\n');
        }

        List<String> rows = score(file.toString());

        assertThat(rows).hasSize(1001);
        assertThat(rows.getFirst()).isEqualTo("timestamp,value,score,expected,lower,upper,episode");
        List<String> found = List.of(rows.get(901).split(",", -1));
        assertThat(found.get(0)).isEqualTo("2026-01-01 00:15:00");
        assertThat(Double.parseDouble(found.get(2))).isGreaterThan(0.7);
        assertThat(Double.parseDouble(found.get(5))).isLessThan(500);
        assertThat(found.get(6)).isNotEmpty();
        assertThat(rows.get(902)).endsWith("," + found.get(6));
        assertThat(rows.getLast()).endsWith(",");
    }

    @Test
    void saysOfAPrefixWhatItSaysOfTheWhole() {
        Random random = new Random(3);
        StringBuilder file = new StringBuilder();
        for (int row = 0; row < 600; row++) {
            file.append(row).append(',').append(random.nextGaussian()).append('\n');
        }
        String whole = file.toString();
        String prefix = String.join("\n", whole.lines().limit(300).toList());

        assertThat(score(whole).subList(0, 301)).isEqualTo(score(prefix));
    }

    @Test
    void goesOnOverRowsThatAreNoNumbersAndTimesThatStandStill() {
        List<String> rows = score(
                "time;y\n2026-01-01;1\n2026-01-02;NaN\n\n2026-01-02;inf\n2026-01-02;2\n2025-01-01;3\nno time;4\n");

        assertThat(rows).hasSize(7);
        assertThat(rows.get(2)).startsWith("2026-01-02,NaN,0.0,1.0,");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("of 6 rows, 2 had no finite value")
                .contains("2 did not say");
    }

    @Test
    void readsValuesWithoutTimes() {
        assertThat(score("5\n6\n")).satisfies(rows -> assertThat(rows.get(2)).startsWith("1,6,"));
    }

    @Test
    void saysWhatIsWrongWithACall() {
        assertThat(run("", "/no/such/file")).isEqualTo(1);
        assertThat(run("", "--sensitivity", "loud", "-")).isEqualTo(2);
        assertThat(run("", "--min-width", "-1", "-")).isEqualTo(2);
        assertThat(run("")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no file /no/such/file")
                .contains("--sensitivity can't be 'loud', but one of [quiet, balanced, early]")
                .contains("--min-width must be a number of at least 0, is '-1'")
                .contains("which file?");
    }

    @Test
    void readsTimesAsTheyAreWritten() {
        long noon = 1_767_268_800_000L;
        assertThat(List.of(
                        "2026-01-01 12:00:00",
                        "2026-01-01T12:00:00.000Z",
                        "2026-01-01 13:00:00+01:00",
                        "2026/01/01 12:00",
                        "1/1/2026 12:00",
                        "1.1.2026 12:00:00",
                        "2026-01-01 12:00:00 UTC",
                        "1767268800",
                        "1767268800.0",
                        "1767268800000",
                        "1767268800000000",
                        "1767268800000000000"))
                .allSatisfy(text -> assertThat(Times.millis(text)).as(text).isEqualTo(OptionalLong.of(noon)));
        assertThat(Times.millis("2026-01-01")).isEqualTo(OptionalLong.of(noon - 12 * 3_600_000L));
        assertThat(Times.millis("yesterday")).isEmpty();
    }

    private List<String> score(String file) {
        out.reset();
        assertThat(run(file, "-")).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(String file, String... args) {
        return new ScoreCommand(
                        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }
}
