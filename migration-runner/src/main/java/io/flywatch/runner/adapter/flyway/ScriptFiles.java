package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.jboss.logging.Logger;

/** The scripts in the folders of a migration, by their names alone: for when the database can't say which of them are pending. */
final class ScriptFiles {
    private static final Logger LOG = Logger.getLogger(ScriptFiles.class);
    private static final Pattern NAME = Pattern.compile("(?:V([0-9._]+)|R)__(.*)\\.sql");

    private ScriptFiles() {}

    private record Script(boolean repeatable, MigrationVersion version, String name) {}

    /** The names, in the order in which Flyway applies them; none of folders that can't be read. */
    static List<String> names(SqlMigration migration, Path folder) {
        List<Script> scripts = new ArrayList<>();
        for (String location : migration.scripts().locations()) {
            Path place = folder.resolve(location).toAbsolutePath().normalize();
            try (Stream<Path> files = Files.walk(place)) {
                files.forEach(file -> {
                    Matcher name = NAME.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        scripts.add(script(name, place.relativize(file).toString()));
                    }
                });
            } catch (IOException e) {
                LOG.warnf("scripts can't be listed folder=%s reason=%s", place, e.getMessage());
            }
        }
        return scripts.stream()
                .sorted(Comparator.comparing(Script::repeatable)
                        .thenComparing(Script::version)
                        .thenComparing(Script::name))
                .map(Script::name)
                .toList();
    }

    /** Throws a failure that names the first script that is not written in the declared encoding: Flyway would garble it. */
    static void checkEncoding(SqlMigration migration, Path folder) {
        Charset encoding = migration.scripts().encoding();
        for (String location : migration.scripts().locations()) {
            Path place = folder(folder, location);
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith(".sql")).toList()) {
                    int line = Decoding.firstFlaw(file, encoding);
                    if (line > 0) {
                        throw new RunFailure(
                                FailureType.DECLARATION,
                                "The script %s is not written in %s, see line %d. Save it so, or declare its encoding, e.g. encoding: ISO-8859-1."
                                        .formatted(place.relativize(file), encoding, line));
                    }
                }
            } catch (IOException e) {
                throw new RunFailure(
                        FailureType.CONFIGURATION,
                        "The scripts in " + place + " can't be read: " + e.getMessage() + ".",
                        e);
            }
        }
    }

    private static Script script(Matcher name, String path) {
        String version = name.group(1);
        return new Script(
                version == null,
                version == null ? MigrationVersion.EMPTY : MigrationVersion.fromVersion(version.replace('_', '.')),
                path);
    }

    /** The folder of a location, or a failure that names it. */
    static Path folder(Path declarations, String location) {
        Path place = declarations.resolve(location).toAbsolutePath().normalize();
        if (!Files.isDirectory(place)) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "The location '%s' of the scripts is no folder: there is no %s. Create it, or correct 'locations'; it is relative to the folder of the declarations."
                            .formatted(location, place));
        }
        return place;
    }
}
