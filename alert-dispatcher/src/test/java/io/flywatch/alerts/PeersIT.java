package io.flywatch.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Prometheus and amtool as Debian packs them (prometheus, prometheus-alertmanager), pointed here in place of an Alertmanager. Left out
 * where they are not installed.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(NightProfile.class)
class PeersIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @BeforeEach
    void startWithAnEmptyInbox() {
        Surroundings.web().resetAll();
        Surroundings.web().stubFor(post(urlEqualTo("/hook")).willReturn(ok()));
        Surroundings.web().stubFor(post(urlEqualTo("/beat")).willReturn(ok()));
    }

    @Test
    void tellsWhatPrometheusFiresAndResolves() throws Exception {
        Path prometheus = installed("prometheus");
        Path folder = Files.createTempDirectory("flywatch-prometheus");
        rules(folder, "vector(1) > 0");
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {evaluation_interval: 1s, scrape_interval: 1s}
                rule_files: [rules.yml]
                alerting: {alertmanagers: [{static_configs: [{targets: ["%s:%d"]}]}]}
                """.formatted("127.0.0.1", RestAssured.port));
        Process running = new ProcessBuilder(
                        prometheus.toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0",
                        "--web.enable-lifecycle",
                        "--rules.alert.resend-delay=1s")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(told("RealPrometheus")).isNotEmpty());
            rules(folder, "vector(1) > 2");
            assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(running.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(told("RealPrometheus").getLast().getBodyAsString())
                                    .contains("\"kind\":\"resolved\""));
            assertThat(told("RealPrometheus")).hasSize(2);
            assertThat(told("RealPrometheus").getFirst().getBodyAsString())
                    .contains("it really fires", "\"severity\":\"critical\"", "/graph?");
        } finally {
            running.destroy();
            running.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static void rules(Path folder, String expression) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                groups: [{name: g, rules: [{alert: RealPrometheus, expr: "%s", labels: {severity: page},
                  annotations: {summary: it really fires}}]}]
                """.formatted(expression));
    }

    @Test
    void servesAmtool() throws Exception {
        Path amtool = installed("amtool");

        amtool(amtool, "alert", "add", "FromAmtool", "team=a", "--annotation=summary=by hand");
        await().atMost(SOON).untilAsserted(() -> assertThat(told("FromAmtool")).hasSize(1));
        assertThat(amtool(amtool, "alert", "query", "alertname=FromAmtool")).contains("FromAmtool", "by hand");
        assertThat(amtool(amtool, "alert", "query", "alertname=Nobody")).doesNotContain("FromAmtool");
        String id = amtool(amtool, "silence", "add", "alertname=Hushed", "--author=kim", "--comment=works", "-d", "1h")
                .strip();
        amtool(amtool, "alert", "add", "Hushed", "team=a");
        assertThat(amtool(amtool, "silence", "query")).contains(id, "kim", "works");
        assertThat(amtool(amtool, "alert", "query", "--silenced"))
                .contains("Hushed")
                .doesNotContain("FromAmtool");
        assertThat(amtool(amtool, "alert", "query")).contains("FromAmtool").doesNotContain("Hushed");
        assertThat(told("Hushed")).isEmpty();
        amtool(amtool, "silence", "expire", id);

        // amtool leaves out by its own clock what has ended, and the service's never goes back when the machine's does.
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(amtool(amtool, "silence", "query")).doesNotContain(id));
        await().atMost(SOON).untilAsserted(() -> assertThat(told("Hushed")).hasSize(1));
    }

    private static String amtool(Path program, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--alertmanager.url=http://127.0.0.1:" + RestAssured.port));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Path installed(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name);
            }
        }
        assumeTrue(false, name + " is not installed; Debian has it in prometheus and prometheus-alertmanager");
        throw new IllegalStateException(name);
    }

    private static List<LoggedRequest> told(String what) {
        return Surroundings.web().findAll(postRequestedFor(urlEqualTo("/hook"))).stream()
                .filter(request -> request.getBodyAsString().contains(what))
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }
}
