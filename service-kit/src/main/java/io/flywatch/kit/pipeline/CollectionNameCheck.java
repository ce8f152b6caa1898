package io.flywatch.kit.pipeline;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whether MongoDB can have collections of these names (its manual's "MongoDB Limits and Thresholds", naming restrictions). */
public final class CollectionNameCheck {

    private static final int MOST_BYTES = 255;

    private CollectionNameCheck() {}

    /** Which one it can't have, why, and what to do; empty if it can have all. */
    public static Optional<String> fault(String database, List<TableRoute> tables) {
        return tables.stream()
                .flatMap(table -> why(database, table.target()).stream()
                        .map(why -> "MongoDB has no collection '" + table.target() + "', as its name " + why + ": name"
                                + " another one for " + table.source() + " (name in target.mapping)"))
                .findFirst();
    }

    private static Optional<String> why(String database, String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.indexOf('$') >= 0 || name.indexOf('\0') >= 0) {
            return Optional.of("contains " + (name.indexOf('$') >= 0 ? "a $" : "a character 0"));
        }
        if (name.startsWith(".")) {
            return Optional.of("begins with a dot");
        }
        if (name.startsWith("system.") || name.contains(".system.")) {
            return Optional.of("is of the server's own (system.)");
        }
        return (database + "." + name).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                ? Optional.of("has more than " + MOST_BYTES + " bytes with that of the database")
                : Optional.empty();
    }
}
