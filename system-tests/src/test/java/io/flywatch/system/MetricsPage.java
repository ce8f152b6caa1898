package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.system.PromText.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/metrics.md, rendered from what the services expose; run with {@code -Dflywatch.docs.write=true} to write it anew. */
record MetricsPage(String text) {
    private static final Path FILE = Path.of("../docs/metrics.md");
    // The platform's own meters come and go with the JVM's collector and the libraries; only ours are a promise.
    private static final Pattern OURS = Pattern.compile("(mongodb_migration|migration|cdc|anomaly|alerts?)(_.*)?");

    static MetricsPage of(Map<String, PromText> services) {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Rendered by a test from the packaged services at `/q/metrics`. The platform's own meters (JVM, HTTP, Kafka client) are
                there too and are not listed.
                """);
        services.forEach((service, metrics) -> {
            page.append("\n## ")
                    .append(service)
                    .append("\n\n| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n");
            metrics.families().forEach((name, family) -> {
                if (OURS.matcher(name).matches()) {
                    page.append(row(name, family));
                }
            });
        });
        return new MetricsPage(page.toString());
    }

    private static String row(String name, Family family) {
        String labels = family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + name + "` | " + family.type() + " | " + labels + " | "
                + family.help().replace("|", "\\|") + " |\n";
    }

    void assertUpToDate() throws IOException {
        if (Boolean.getBoolean("flywatch.docs.write")) {
            Files.writeString(FILE, text);
        }
        assertThat(FILE)
                .as("docs/metrics.md differs from the services: write it anew with -Dflywatch.docs.write=true")
                .hasContent(text);
    }
}
