package io.flywatch.system.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The libraries of the tools that Flywatch is measured beside: fetched when a benchmark needs them, and kept. */
public final class Peers {
    private Peers() {}

    /**
     * The class path of the peer that {@code system-tests/peers/NAME/pom.xml} describes.
     *
     * @throws IllegalStateException if Maven can't fetch it; its output says why
     */
    public static String classPath(String name) throws IOException, InterruptedException {
        Path folder = Layout.target("peers/" + name);
        if (!Files.isDirectory(folder)) {
            fetch(Layout.home().resolve("system-tests/peers").resolve(name).resolve("pom.xml"), folder);
        }
        return folder.resolve("*").toString();
    }

    private static void fetch(Path pom, Path folder) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        Layout.home().resolve("mvnw").toString(),
                        "-q",
                        "-ntp",
                        "-f",
                        pom.toString(),
                        "dependency:copy-dependencies",
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=" + folder)
                .directory(Layout.home().toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("Maven could not fetch what " + pom + " names.");
        }
    }
}
