package io.flywatch.anomaly;

import io.flywatch.anomaly.adapter.file.RulesFile;
import io.flywatch.anomaly.detect.DetectorSettings;
import io.flywatch.anomaly.score.Sensitivity;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force: those of the configuration, changed and added to by a file that is read again when it changes. A file with a flaw
 * changes nothing: the rules from before stay, and the flaw is shown.
 */
@Singleton
public final class RuleBook {

    private static final Logger LOG = Logger.getLogger(RuleBook.class);
    private static final String PREFIX = "flywatch.rules.";
    private static final int OVER_ALL_ELSE = 1000;

    private final Config base;
    private final @Nullable Path file;
    private final Clock clock = Clock.systemUTC();
    private volatile State state;
    private @Nullable String text;

    /**
     * What is in force.
     *
     * @param config the thresholds
     * @param file the file's own rules and maintenance windows
     * @param loadedAt since when
     * @param flaws what is wrong with the file as it is now; empty if it is the one in force
     */
    public record State(AnomalyConfig config, RulesFile file, Instant loadedAt, List<String> flaws) {
        public State {
            flaws = List.copyOf(flaws);
        }
    }

    RuleBook(AnomalyConfig config, Config base) {
        this.base = base;
        this.file = config.file().map(Path::of).orElse(null);
        this.state = new State(config, RulesFile.EMPTY, clock.instant(), List.of());
        Thresholds.of(config, config.sensitivity(), RulesFile.EMPTY);
        reload();
    }

    /** Reads the file again if its text is another one; true if other rules are in force now. */
    public boolean reload() {
        if (file == null) {
            return false;
        }
        try {
            String now = Files.readString(file);
            if (now.equals(text)) {
                return false;
            }
            text = now;
            return take(RulesFile.read(now));
        } catch (IOException e) {
            refuse(List.of(file + " can't be read: " + e.getMessage()));
            return false;
        }
    }

    private boolean take(RulesFile read) {
        List<String> flaws = new ArrayList<>(read.flaws());
        if (flaws.isEmpty()) {
            try {
                AnomalyConfig config = merged(read);
                Thresholds.of(config, config.sensitivity(), read);
                state = new State(config, read, clock.instant(), List.of());
                LOG.infof("rules taken file=%s", file);
                return true;
            } catch (ConfigValidationException e) {
                for (int problem = 0; problem < e.getProblemCount(); problem++) {
                    flaws.add(placed(e.getProblem(problem).getMessage(), read));
                }
            } catch (IllegalArgumentException e) {
                flaws.add(placed(String.valueOf(e.getMessage()), read));
            }
        }
        refuse(flaws);
        return false;
    }

    private void refuse(List<String> flaws) {
        if (!flaws.equals(state.flaws())) {
            LOG.warnf("rules refused file=%s flaws=%s", file, flaws);
            state = new State(state.config(), state.file(), state.loadedAt(), flaws);
        }
    }

    /** Adds the place of the setting that a message names. */
    private static String placed(String message, RulesFile read) {
        return read.places().entrySet().stream()
                .filter(place -> message.contains(PREFIX + place.getKey()))
                .findFirst()
                .map(place -> place.getValue() + ": " + message)
                .orElse(message);
    }

    private AnomalyConfig merged(RulesFile read) {
        Map<String, String> settings = new HashMap<>();
        read.settings().forEach((key, value) -> settings.put(PREFIX + key, value));
        return new SmallRyeConfigBuilder()
                .withSources(
                        new Beneath(base), new PropertiesConfigSource(settings, "the file of rules", OVER_ALL_ELSE))
                .withMapping(AnomalyConfig.class)
                .build()
                .getConfigMapping(AnomalyConfig.class);
    }

    /** What is in force. */
    public State state() {
        return state;
    }

    /** The detector's settings in force. */
    public DetectorSettings settings() {
        State now = state;
        return Thresholds.of(now.config(), now.config().sensitivity(), now.file());
    }

    /** The detector's settings in force, but for the sensitivity. */
    public DetectorSettings settingsWith(Sensitivity sensitivity) {
        State now = state;
        return Thresholds.of(now.config(), sensitivity, now.file());
    }

    /** The service's own configuration, for what a file does not say. */
    private record Beneath(Config config) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return Set.of();
        }

        @Override
        public @Nullable String getValue(String name) {
            return name.startsWith(PREFIX)
                    ? config.getOptionalValue(name, String.class).orElse(null)
                    : null;
        }

        @Override
        public String getName() {
            return "the service's configuration";
        }
    }
}
