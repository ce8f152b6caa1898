package io.flywatch.quickstart;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** Where the log lines of the launcher and of the Connect worker go; the terminal is not for them. */
public final class Logging {

    private static final String FORMAT = """
            .level=INFO
            java.util.logging.SimpleFormatter.format=%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n
            kafka.level=WARNING
            org.apache.kafka.level=WARNING
            state.change.logger.level=WARNING
            org.mongodb.level=WARNING
            org.eclipse.jetty.level=WARNING
            org.glassfish.level=WARNING
            com.icegreen.greenmail.level=WARNING
            """;

    private Logging() {}

    /** Writes everything to standard output, which a child process has turned into a file. */
    public static void toStandardOutput() {
        configure("""
                handlers=java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level=ALL
                """);
    }

    /** Writes everything to a file. */
    public static void toFile(Path file) {
        configure("""
                handlers=java.util.logging.FileHandler
                java.util.logging.FileHandler.level=ALL
                java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
                java.util.logging.FileHandler.pattern=%s
                """.formatted(file.toString().replace("%", "%%").replace("\\", "\\\\")));
    }

    /** A file for what is written past the log. */
    public static PrintStream errorFile(Path file) {
        try {
            return new PrintStream(new FileOutputStream(file.toFile()), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(String handlers) {
        try {
            LogManager.getLogManager()
                    .readConfiguration(
                            new ByteArrayInputStream((FORMAT + handlers).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
