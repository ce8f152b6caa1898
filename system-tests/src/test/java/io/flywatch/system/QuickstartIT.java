package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.system.PromText.Family;
import io.flywatch.system.PromisedMetrics.Promise;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs {@code ./quickstart --check} as a newcomer would and looks at the packaged services meanwhile. What it saw is judged when it
 * ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickstartIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path OUTPUT = Path.of("target/quickstart-check.txt");
    // The services, Kafka Connect and Kafka, after the base.
    private static final List<Integer> PORTS = List.of(0, 1, 2, 3, 5, 12);
    private static final List<String> PATHS = List.of("/q/metrics", "/q/openapi", "/q/health/live", "/q/health/ready");

    private final int portBase = freeBase();
    private final Scraper scraper = new Scraper(portBase);
    private final Map<String, TreeMap<String, String>> seen = new LinkedHashMap<>();
    private final Map<String, PromText> metrics = new TreeMap<>();
    private final TreeMap<Long, ProcessHandle> processes = new TreeMap<>();
    private Process quickstart;
    private int exit;

    @BeforeAll
    void run() throws IOException, InterruptedException {
        Files.createDirectories(OUTPUT.getParent());
        quickstart = new ProcessBuilder(
                        ROOT.resolve("quickstart").toString(), "--check", "--port-base", String.valueOf(portBase))
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start();
        quickstart.getOutputStream().close();
        while (!quickstart.waitFor(1, TimeUnit.SECONDS)) {
            look();
        }
        exit = quickstart.exitValue();
    }

    @AfterAll
    void stop() {
        if (quickstart.isAlive()) {
            quickstart.destroy();
        }
    }

    private void look() throws InterruptedException {
        quickstart.descendants().forEach(process -> processes.put(process.pid(), process));
        for (String service : Scraper.SERVICES.keySet()) {
            for (String path : PATHS) {
                scraper.get(service, path)
                        .ifPresent(body -> seen.computeIfAbsent(service, key -> new TreeMap<>())
                                .put(path, body));
            }
            String text = seen.getOrDefault(service, new TreeMap<>()).get("/q/metrics");
            if (text != null) {
                metrics.merge(service, PromText.parse(text), PromText::and);
            }
        }
    }

    @Test
    void movesEverythingAndTellsEveryone() throws IOException {
        assertThat(exit).as(Files.readString(OUTPUT)).isZero();
    }

    @Test
    void showsThePromisedMetrics() {
        for (Promise promise : PromisedMetrics.ALL) {
            Family family = metrics(promise.service()).families().get(promise.name());

            assertThat(family).as(promise.name() + " of " + promise.service()).isNotNull();
            assertThat(family.type()).as(promise.name()).isEqualTo(promise.type());
            assertThat(family.labels()).as(promise.name()).containsAll(promise.labels());
            if (promise.moves()) {
                assertThat(family.largest()).as(promise.name()).isPositive();
            }
        }
    }

    @Test
    void answersHealthAndOpenApi() {
        assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(Scraper.SERVICES.keySet());
        seen.forEach(
                (service, answers) -> assertThat(answers).as(service).containsOnlyKeys(PATHS.toArray(String[]::new)));
    }

    @Test
    void keepsPrometheusRulesOfNaming() {
        for (String service : Scraper.SERVICES.keySet()) {
            assertThat(MetricNames.complaints(metrics(service)))
                    .as("metrics of " + service)
                    .isEmpty();
        }
    }

    @Test
    void documentsTheMetricsAsTheyAre() throws IOException {
        Map<String, PromText> all = new TreeMap<>();
        Scraper.SERVICES.keySet().forEach(service -> all.put(service, metrics(service)));

        MetricsPage.of(all).assertUpToDate();
    }

    @Test
    void leavesNoProcessAndNoPort() {
        assertThat(processes).as("processes that were watched").isNotEmpty();
        // One that has ended is listed without its command until its parent, which may be the machine's first process,
        // has asked for it.
        assertThat(processes.values().stream()
                        .filter(ProcessHandle::isAlive)
                        .map(ProcessHandle::info)
                        .filter(it -> it.command().isPresent()))
                .as("processes that are still there")
                .isEmpty();
        assertThat(PORTS.stream().map(port -> portBase + port).filter(QuickstartIT::isTaken))
                .as("ports that are still taken")
                .isEmpty();
    }

    private PromText metrics(String service) {
        assertThat(metrics).containsKey(service);
        return metrics.get(service);
    }

    private static int freeBase() {
        return IntStream.iterate(18_080, base -> base < 30_000, base -> base + 100)
                .filter(base -> PORTS.stream().noneMatch(port -> isTaken(base + port)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
