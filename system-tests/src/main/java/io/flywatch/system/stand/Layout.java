package io.flywatch.system.stand;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the repository. */
public final class Layout {
    private Layout() {}

    /** The repository, as the launching script tells it, else the one that this is started in. */
    public static Path home() {
        Path home = Path.of(System.getProperty("flywatch.home", "."))
                .toAbsolutePath()
                .normalize();
        for (Path above = home; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve("mvnw"))) {
                return above;
            }
        }
        return home;
    }

    /** A folder for what a run leaves, under {@code system-tests/target}. */
    public static Path target(String name) {
        return home().resolve("system-tests/target").resolve(name);
    }

    /**
     * The packaged service of that module.
     *
     * @throws IllegalStateException if it is not built
     */
    public static Path packaged(String module) {
        Path jar = home().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: start by ./bench or ./faults, which build it.");
        }
        return jar;
    }
}
