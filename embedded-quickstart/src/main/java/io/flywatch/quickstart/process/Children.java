package io.flywatch.quickstart.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Starts processes and ends them. They don't see the Ctrl-C of the terminal, so that they end in order; and if this JVM is killed,
 * a {@link Guardian} ends them.
 */
public final class Children implements AutoCloseable {

    private static final Duration TO_END = Duration.ofSeconds(5);
    // Registers itself, and only then becomes the program: there is no moment in which it runs and nobody knows it.
    private static final String BECOME =
            "trap '' INT; echo \"$$ $1\" >> \"$2\" || exit 1; shift 2; exec \"$@\" </dev/null";

    private final Path folder;
    private final Path logs;
    private final Guardian guardian;
    private final Consumer<Child> onUnexpectedEnd;
    private final List<Child> running = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();

    private Children(Path folder, Guardian guardian, Consumer<Child> onUnexpectedEnd) {
        this.folder = folder;
        this.logs = folder.resolve("logs");
        this.guardian = guardian;
        this.onUnexpectedEnd = onUnexpectedEnd;
    }

    /**
     * Gets ready.
     *
     * @param folder where registry and logs are kept
     * @param onUnexpectedEnd told, on a thread of its own, when a process ended that nobody asked to
     */
    public static Children in(Path folder, Consumer<Child> onUnexpectedEnd) {
        try {
            Files.createDirectories(folder.resolve("logs"));
            Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Children(folder, Guardian.start(folder), onUnexpectedEnd);
    }

    /** Starts a Java program with the JDK that runs this one. */
    public Child java(String name, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The guardian knows ours by the folder in the command line.
        command.add("-Dflywatch.run=" + folder);
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(arguments);
        return start(name, command, environment);
    }

    private synchronized Child start(String name, List<String> program, Map<String, String> environment) {
        if (ending.get()) {
            throw new IllegalStateException("The quickstart is ending.");
        }
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", BECOME, name, name, guardian.registry().toString()));
        command.addAll(program);
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Child child = new Child(name, builder.start(), log);
            running.add(child);
            child.process().onExit().thenRunAsync(() -> ended(child));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended(Child child) {
        if (!ending.get()) {
            onUnexpectedEnd.accept(child);
        }
    }

    /** All that will be started was started: at an end in order the guardian need not wait for latecomers. */
    public void complete() {
        guardian.expectNoMore();
    }

    /** From now on an ending process is no surprise. */
    public void expectEnds() {
        ending.set(true);
    }

    /** Ends all, the last started first; those of the same kind at the same time. */
    @Override
    public synchronized void close() {
        expectEnds();
        List<Child> services = running.size() > 1 ? running.subList(1, running.size()) : List.of();
        services.forEach(Child::ask);
        services.forEach(child -> child.await(TO_END));
        running.forEach(Child::ask);
        running.forEach(child -> child.await(TO_END));
        running.clear();
    }

    /** Ends the guardian, and with it whatever is still there of the folder's processes. */
    public void dismissGuardian() {
        guardian.close();
    }
}
