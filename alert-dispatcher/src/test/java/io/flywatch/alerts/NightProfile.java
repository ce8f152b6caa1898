package io.flywatch.alerts;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** Names the policy of {@link NightIT}, and keeps the log to look for secrets in it. */
public final class NightProfile implements QuarkusTestProfile {

    static final Path FILE = Path.of("target", "night-it.yaml").toAbsolutePath();
    static final String LOG = Path.of("target", "night-it.log").toAbsolutePath().toString();
    static final Path WORDS = Path.of("target", "night-words").toAbsolutePath();
    static final String TOKEN = "xoxb-a-secret-token";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "flywatch.policy.file",
                FILE.toString(),
                "flywatch.policy.look-every",
                "PT1H",
                "flywatch.statistics.missing-after",
                "PT2S",
                "flywatch.delivery.first-wait",
                "PT0.5S",
                "bot.token",
                TOKEN,
                "flywatch.templates.location",
                WORDS.toString(),
                "quarkus.log.file.enable",
                "true",
                "quarkus.log.file.path",
                LOG,
                "quarkus.log.category.\"io.flywatch\".level",
                "DEBUG");
    }
}
