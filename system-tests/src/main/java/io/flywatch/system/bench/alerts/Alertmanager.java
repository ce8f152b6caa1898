package io.flywatch.system.bench.alerts;

import io.flywatch.stack.FreePort;
import io.flywatch.system.stand.alerts.Inbox;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Debian's Alertmanager, where it is installed. */
final class Alertmanager implements AutoCloseable {

    private final Process process;
    private final String url;

    private Alertmanager(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static Optional<Alertmanager> start(Path folder, Inbox inbox) throws IOException, InterruptedException {
        Path program = program().orElse(null);
        if (program == null) {
            return Optional.empty();
        }
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, """
                route: {receiver: hook, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 4h}
                receivers:
                  - name: hook
                    webhook_configs: [{url: "%s", send_resolved: true}]
                """.formatted(inbox.url()));
        int port = FreePort.find();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        Alertmanager started = new Alertmanager(process, "http://127.0.0.1:" + port);
        started.await();
        return Optional.of(started);
    }

    private static Optional<Path> program() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : List.of("prometheus-alertmanager", "alertmanager")) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    private void await() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < end) {
                try {
                    if (http.send(
                                            HttpRequest.newBuilder(URI.create(url + "/-/ready"))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // It does not listen yet.
                }
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("Alertmanager did not start within 30 s");
    }

    String url() {
        return url;
    }

    Process process() {
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
