package io.flywatch.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {

    @TempDir
    Path folder;

    @Test
    void takesAChangedFileAndKeepsTheOldRulesWhenItIsWrong() throws IOException {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, "rules: {high-lag: {warning: PT90S}}");
        RuleBook rules = book(file);
        assertThat(rules.state().config().highLag().warning()).isEqualTo(Duration.ofSeconds(90));
        assertThat(rules.state().config().highLag().after())
                .as("the rest stays")
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(rules.reload()).as("nothing changed").isFalse();

        Files.writeString(file, "rules:\n  high-lag:\n    warning: PT600S\n");
        assertThat(rules.reload()).isFalse();
        assertThat(rules.state().flaws())
                .singleElement()
                .asString()
                .startsWith("line 3, column 14: ")
                .contains("must not be under");
        assertThat(rules.state().config().highLag().warning()).isEqualTo(Duration.ofSeconds(90));

        Files.writeString(file, "rules:\n  hihg-lag: {warning: PT70S}\n");
        assertThat(rules.reload()).isFalse();
        assertThat(rules.state().flaws()).singleElement().asString().startsWith("line 2, column 23: ");

        Files.writeString(file, "rules: {high-lag: {warning: PT70S}}");
        assertThat(rules.reload()).isTrue();
        assertThat(rules.state().flaws()).isEmpty();
        assertThat(rules.settings().lagLimitSeconds()).isEqualTo(70);
    }

    private static RuleBook book(Path file) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("flywatch.rules.file", file.toString()), "test", 100))
                .withMapping(AnomalyConfig.class)
                .build();
        return new RuleBook(config.getConfigMapping(AnomalyConfig.class), config);
    }
}
