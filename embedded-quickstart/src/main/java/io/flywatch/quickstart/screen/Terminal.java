package io.flywatch.quickstart.screen;

import io.flywatch.quickstart.screen.View.News;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Standard output: first plain lines, then, while a board is shown, the live picture or a line now and then. */
public final class Terminal implements AutoCloseable {

    private final PrintStream out;
    private final boolean live;
    private final Ink ink;
    private @Nullable Screen screen;
    private @Nullable Board board;
    private @Nullable ScheduledExecutorService painter;

    private Terminal(PrintStream out, boolean live, Ink ink) {
        this.out = out;
        this.live = live;
        this.ink = ink;
    }

    /** Standard output as the environment describes it; {@code isTerminal} says whether somebody looks at it. */
    public static Terminal open(boolean isTerminal, Map<String, String> environment) {
        boolean live = isTerminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        return new Terminal(out, live, new Ink(colours, speaksUnicode(environment)));
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        String locale = Optional.ofNullable(environment.get("LC_ALL"))
                .or(() -> Optional.ofNullable(environment.get("LC_CTYPE")))
                .or(() -> Optional.ofNullable(environment.get("LANG")))
                .orElse("UTF-8")
                .toUpperCase(Locale.ROOT);
        return locale.contains("UTF-8") || locale.contains("UTF8");
    }

    /** A line of plain text. */
    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A part has started. */
    public void done(String name, String what, String took) {
        String sign = ink.good(ink.unicode() ? "✓" : "ok");
        say("  " + sign + " " + Ink.left(name, 18) + " " + Ink.left(what, 58) + " " + ink.dim(Ink.right(took, 7)));
    }

    /** Something was found right. */
    public void right(String line) {
        say("  " + ink.good(ink.unicode() ? "✓" : "ok") + " " + line);
    }

    /** Something was found wrong. */
    public void wrong(String line) {
        say("  " + ink.bad(ink.unicode() ? "✗" : "NO") + " " + line);
    }

    /** A heading. */
    public void heading(String text) {
        say("");
        say("  " + ink.bold(text));
    }

    /** A line that explains. */
    public void aside(String text) {
        say("  " + ink.dim(text));
    }

    /** From now on shows the board, until {@link #hide()}. */
    public synchronized void show(Board shown) {
        Screen next = live
                ? new LiveScreen(out, new Renderer(ink, ZoneId.systemDefault()), new TerminalSize())
                : new PlainScreen(out, ZoneId.systemDefault());
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("screen").factory());
        board = shown;
        screen = next;
        painter = thread;
        thread.scheduleAtFixedRate(
                () -> next.draw(shown.view(Instant.now())), 0, next.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something happened. */
    public synchronized void news(Tone tone, String text) {
        News item = new News(Instant.now(), tone, text);
        if (board != null) {
            board.news(item);
        }
        if (screen != null) {
            screen.news(item);
        }
    }

    /** Shows the last view and then plain lines again. */
    public synchronized void hide() {
        if (painter == null || screen == null || board == null) {
            return;
        }
        painter.shutdownNow();
        try {
            painter.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen.draw(board.view(Instant.now()));
        screen.close();
        screen = null;
        painter = null;
    }

    @Override
    public void close() {
        hide();
        out.flush();
    }
}
