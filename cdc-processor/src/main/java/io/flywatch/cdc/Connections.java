package io.flywatch.cdc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The databases that pipelines name: {@code flywatch.connections.<name>.url}, {@code .username} and {@code .password}. */
@ConfigMapping(prefix = "flywatch.connections")
public interface Connections {

    /** All of them. */
    @WithParentName
    Map<String, Connection> byName();

    /** One database server. */
    interface Connection {

        /** {@code mongodb://…} or {@code jdbc:postgresql://…}. */
        String url();

        /** Who logs in; without it the URL decides. */
        Optional<String> username();

        /** The password; never logged. */
        Optional<String> password();
    }
}
