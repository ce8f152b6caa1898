package io.flywatch.quickstart.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A tiny shell process that outlives this JVM, however it ends, just long enough to end what it left behind. It waits for the end
 * of a pipe that only this JVM holds. Every child process writes itself into the registry before it becomes what it is to be.
 */
final class Guardian implements AutoCloseable {

    private static final int SECONDS_TO_END = 30;

    private final Process shell;
    private final Path registry;
    private volatile boolean noMore;

    private Guardian(Process shell, Path registry) {
        this.shell = shell;
        this.registry = registry;
    }

    /** Starts it for the processes whose command lines name the folder. */
    static Guardian start(Path folder) {
        Path registry = folder.resolve("processes");
        try {
            Files.deleteIfExists(registry);
            Files.createFile(registry);
            Process shell = new ProcessBuilder(
                            "/bin/sh", "-c", script(), "flywatch-guardian", registry.toString(), folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Guardian(shell, registry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (script == null) {
                throw new IllegalStateException("guardian.sh is not in the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Nothing will be started any more. */
    void expectNoMore() {
        noMore = true;
    }

    /** Where a child writes its process id and name. */
    Path registry() {
        return registry;
    }

    /** Ends what is left, and waits for it. */
    @Override
    public void close() {
        try {
            try (OutputStream word = shell.getOutputStream()) {
                String said = noMore ? "orderly\n" : "\n";
                word.write(said.getBytes(StandardCharsets.US_ASCII));
            }
            if (!shell.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
