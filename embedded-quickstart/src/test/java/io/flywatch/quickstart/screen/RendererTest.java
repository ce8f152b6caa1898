package io.flywatch.quickstart.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.quickstart.screen.View.Flow;
import io.flywatch.quickstart.screen.View.News;
import io.flywatch.quickstart.screen.View.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendererTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Renderer plain = new Renderer(new Ink(false, true), ZoneOffset.UTC);

    @Test
    void drawsASnapshot() {
        List<String> lines = plain.draw(snapshot(), 100, 40);

        assertThat(String.join("\n", lines)).isEqualTo("""

                  shop  PostgreSQL → MongoDB                                                   copying rows · 1:05

                  customers  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━       20,000 rows
                  orders     ━━━━━━━━━━─────────────────────       20,000 of 60,000       1,500/s        26 s left
                  all        ━━━━━━━━━━━━━━━━───────────────       40,000 of 80,000       1,500/s        26 s left

                  lag – · staleness – · backlog 1,234 · in 2,000/s, applied 1,500/s · 3 dead letters
                  ▲ high_lag (warning)  lag is 7 s, over 5 s
                  12:00:00  alert fired: high_lag
                """);
    }

    @Test
    void fitsTheWidth() {
        for (int width : new int[] {40, 60, 80, 132, 200}) {
            for (boolean colours : new boolean[] {false, true}) {
                List<String> lines = new Renderer(new Ink(colours, true), ZoneOffset.UTC).draw(snapshot(), width, 40);

                assertThat(lines).allSatisfy(line -> assertThat(Ink.width(line)).isLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void showsWhatIsAtWorkIfThereIsNoRoomForAll() {
        List<Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> new Row("t" + i, i, 100L, 0, null, i != 7, 0))
                .toList();

        List<String> lines = plain.draw(view(rows, rows.getFirst()), 100, 24);

        assertThat(lines)
                .hasSizeLessThan(24)
                .anyMatch(line -> line.contains("t7 "))
                .anyMatch(line -> line.contains("more"));
    }

    @Test
    void neverFillsTheBarBeforeTheEnd() {
        Row nearly = new Row("a", 99_999, 100_000L, 1, null, false, 0);

        assertThat(new Ink(false, false).bar(nearly.share(), 10, false)).isEqualTo("=========.");
    }

    @Test
    void saysTheSameInOneLine() {
        assertThat(PlainScreen.line(snapshot()))
                .isEqualTo(
                        "1:05  shop: copying rows; 40,000 of 80,000 rows, 1,500/s, 26 s left; lag –, staleness –, backlog 1,234; "
                                + "1 anomaly");
    }

    private static View snapshot() {
        Duration left = Duration.ofSeconds(26);
        return view(
                List.of(
                        new Row("customers", 20_000, 20_000L, 0, null, true, 0),
                        new Row("orders", 20_000, 60_000L, 1_500, left, false, 0)),
                new Row("all", 40_000, 80_000L, 1_500, left, false, 0));
    }

    private static View view(List<Row> rows, Row total) {
        return new View(
                "shop",
                "PostgreSQL → MongoDB",
                "copying rows",
                Duration.ofSeconds(65),
                rows,
                total,
                new Flow(null, null, 1_234, 2_000, 1_500, 3),
                0,
                null,
                List.of("high_lag (warning)  lag is 7 s, over 5 s"),
                List.of(new News(NOON, Tone.BAD, "alert fired: high_lag")),
                List.of(),
                false);
    }
}
