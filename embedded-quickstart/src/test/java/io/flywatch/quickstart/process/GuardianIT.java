package io.flywatch.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardianIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void endsEveryChildWhenTheLauncherIsKilled() throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        List<ProcessHandle> children = awaitChildren(2);

        launcher.destroyForcibly();

        assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(children)
                .hasSize(2)
                .allSatisfy(child -> assertThat(child.onExit()).succeedsWithin(LIMIT));
    }

    @Test
    void endsTheChildrenInOrderAndTellsOfNoSurprise() throws IOException {
        boolean[] surprised = new boolean[1];
        Children children = Children.in(folder, child -> surprised[0] = true);
        Child child = sleeper(children, "sleeper");
        awaitChildren(1);

        children.complete();
        children.close();
        children.dismissGuardian();

        assertThat(child.isAlive()).isFalse();
        assertThat(surprised[0]).isFalse();
        assertThat(Files.readString(folder.resolve("processes")))
                .isEqualTo(child.process().pid() + " sleeper\n");
    }

    private List<ProcessHandle> awaitChildren(int count) throws IOException {
        Path registry = folder.resolve("processes");
        await().atMost(LIMIT)
                .until(() ->
                        Files.exists(registry) && Files.readAllLines(registry).size() == count);
        return Files.readAllLines(registry).stream()
                .map(line ->
                        ProcessHandle.of(Long.parseLong(line.split(" ", -1)[0])).orElseThrow())
                .toList();
    }

    private static Child sleeper(Children children, String name) {
        return children.java(
                name, List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName()), Map.of());
    }

    /** Starts two children and waits. */
    static final class Launcher {
        public static void main(String[] args) throws InterruptedException {
            Children children = Children.in(Path.of(args[0]), child -> {});
            sleeper(children, "one");
            sleeper(children, "two");
            Thread.currentThread().join();
        }
    }

    /** Does nothing, and does not end by itself. */
    static final class Sleeper {
        public static void main(String[] args) throws InterruptedException {
            Thread.currentThread().join();
        }
    }
}
