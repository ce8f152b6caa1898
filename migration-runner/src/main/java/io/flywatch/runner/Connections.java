package io.flywatch.runner;

import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Databases by name. Migrations and events name them, so that no secret stands in a file or travels in an event. */
@ConfigMapping(prefix = "flywatch.connections")
public interface Connections {

    /** All of them. */
    @WithParentName
    Map<String, Settings> all();

    /** How one of them is reached. */
    interface Settings {
        /** {@code jdbc:postgresql://host:port/database} or {@code mongodb://host:port}. */
        String url();

        /** Who connects; for MongoDB it may be in the URL instead. */
        Optional<String> username();

        /** The password of that user. */
        Optional<String> password();
    }

    /** The connection of that name, or a failure that says which key is missing. */
    default Settings named(String name, String urlPrefix) {
        Settings settings = all().get(name);
        if (settings == null) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "There is no connection '%s'; there are: %s. Set flywatch.connections.%s.url."
                            .formatted(name, new TreeSet<>(all().keySet()), name));
        }
        if (!settings.url().startsWith(urlPrefix)) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "The connection '%s' is of another kind than the migration needs. Set flywatch.connections.%s.url to %s…."
                            .formatted(name, name, urlPrefix));
        }
        return settings;
    }
}
