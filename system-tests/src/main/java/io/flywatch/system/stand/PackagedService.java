package io.flywatch.system.stand;

import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Children;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One packaged service as a process of its own, on loopback.
 *
 * @param child the process
 * @param url where it answers, without a slash at its end
 */
public record PackagedService(Child child, String url) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /**
     * Starts it and does not wait.
     *
     * @param children who ends it, at the latest
     * @param name what its log is called; unique among the children's living ones
     * @param module its folder in the repository
     * @param port where it listens
     * @param jvm options of the JVM
     * @param environment what it is told beside its port
     */
    public static PackagedService start(
            Children children,
            String name,
            String module,
            int port,
            List<String> jvm,
            Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.putIfAbsent("QUARKUS_CONSOLE_COLOR", "false");
        List<String> arguments = new ArrayList<>(jvm);
        arguments.add("-jar");
        arguments.add(Layout.packaged(module).toString());
        return new PackagedService(children.java(name, arguments, variables), "http://127.0.0.1:" + port);
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws IllegalStateException with its last lines if it ends, or is not ready in time
     */
    public PackagedService awaitReady(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest look = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            while (child.isAlive() && System.nanoTime() < end) {
                try {
                    if (http.send(look, BodyHandlers.discarding()).statusCode() == 200) {
                        return this;
                    }
                } catch (IOException e) {
                    // It does not listen yet.
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        throw new IllegalStateException("%s %s:%n%s"
                .formatted(
                        child.name(),
                        child.isAlive() ? "was not ready in " + limit : "ended",
                        String.join(System.lineSeparator(), child.lastLines(40))));
    }

    /** Kills it as {@code kill -9} does, and waits for its end. */
    public void kill() throws InterruptedException {
        child.process().destroyForcibly().waitFor();
    }

    /** Asks it to end and waits. */
    public void stop() throws InterruptedException {
        child.process().destroy();
        child.process().waitFor();
    }
}
