package io.flywatch.quickstart.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainScreenTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PlainScreen screen =
            new PlainScreen(new PrintStream(written, true, StandardCharsets.UTF_8), ZoneOffset.UTC);
    private final Board board = new Board("shop", "PostgreSQL → MongoDB", () -> 0);

    @Test
    void tellsTheEndOfARunOnceAndWhatToDoThen() {
        board.began(NOON);
        board.hints(List.of(
                "Changes stream. Look around:", "  inbox  there", "  break it  ./quickstart --break slow-target"));
        screen.draw(board.view(NOON.plusSeconds(60)));
        board.ended(NOON.plusSeconds(61), "succeeded");
        screen.draw(board.view(NOON.plusSeconds(65)));
        screen.draw(board.view(NOON.plusSeconds(70)));

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("""
                1:00  shop: starting
                  Changes stream. Look around:
                    inbox  there
                    break it  ./quickstart --break slow-target
                1:01  shop: succeeded
                  The run has succeeded and the parts are up until you press Ctrl-C. Look around:
                    inbox  there
                """);
    }
}
