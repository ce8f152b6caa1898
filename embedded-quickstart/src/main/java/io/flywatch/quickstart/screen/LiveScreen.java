package io.flywatch.quickstart.screen;

import io.flywatch.quickstart.screen.View.News;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Draws in place: each view overwrites the one before. */
final class LiveScreen implements Screen {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Renderer renderer;
    private final TerminalSize size;
    private int drawn;

    LiveScreen(PrintStream out, Renderer renderer, TerminalSize size) {
        this.out = out;
        this.renderer = renderer;
        this.size = size;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void news(News item) {
        // It is part of the next view.
    }

    @Override
    public synchronized void draw(View view) {
        size.refresh();
        List<String> lines = renderer.draw(view, size.columns(), size.rows());
        StringBuilder frame = new StringBuilder(drawn == 0 ? HIDE_CURSOR : up(drawn));
        for (String line : lines) {
            frame.append(line).append(CLEAR_REST_OF_LINE).append('\n');
        }
        frame.append(CLEAR_BELOW);
        out.print(frame);
        out.flush();
        drawn = lines.size();
    }

    private static String up(int lines) {
        return "\r\u001b[" + lines + "A";
    }

    @Override
    public synchronized void close() {
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
