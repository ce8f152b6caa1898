package io.flywatch.runner.adapter.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.flywatch.runner.adapter.yaml.Located.Place;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.schedule.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one declaration, strictly. */
public final class MigrationParser {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> KINDS = List.of("mongodb", "sql", "replication", "external");
    private static final String ID =
            "Write 1 to 63 small letters, digits and hyphens, beginning with a letter or digit.";

    private final String file;
    private final String text;
    private final Flaws flaws;
    private @Nullable Schedule schedule;

    private MigrationParser(String file, String text) {
        this.file = file;
        this.text = text;
        this.flaws = new Flaws(file);
    }

    /** Hands what the text declares to one of the two. */
    public static void parse(String file, String text, Consumer<Declared> valid, Consumer<Broken> broken) {
        new MigrationParser(file, text).run(valid, broken);
    }

    private void run(Consumer<Declared> valid, Consumer<Broken> broken) {
        Optional<Located> tree = tree();
        Optional<Migration> migration = tree.flatMap(this::migration);
        if (flaws.isEmpty() && migration.isPresent()) {
            valid.accept(new Declared(file, text, migration.get(), schedule));
        } else {
            broken.accept(
                    new Broken(file, tree.flatMap(MigrationParser::idOf).orElseGet(this::nameOfFile), flaws.all()));
        }
    }

    private Optional<Located> tree() {
        try (JsonParser parser = (file.endsWith(".json") ? JSON : YAML).createParser(text)) {
            return Optional.of(new LocatedReader(parser, flaws).document());
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Place place = at == null ? new Place(1, 1, "$") : new Place(at.getLineNr(), at.getColumnNr(), "$");
            flaws.add(place, "Not readable: " + firstLine(e.getOriginalMessage()) + ".", "Correct the syntax here.");
        } catch (IOException e) {
            flaws.add(new Place(1, 1, "$"), "Not readable: " + e.getMessage() + ".", "Correct the file.");
        }
        return Optional.empty();
    }

    private Optional<Migration> migration(Located tree) {
        Fields fields = Fields.of(tree, "a migration", flaws);
        String kind = fields.text("kind", "Write one of: " + String.join(", ", KINDS) + ".", KINDS::contains);
        String id = fields.text("id", ID, it -> Migration.ID.matcher(it).matches());
        String description = fields.optionalText("description").orElse("");
        schedule = new ScheduleParser(flaws).parse(fields).orElse(null);
        Optional<Migration> migration = switch (kind) {
            case "mongodb" -> Optional.of(mongo(fields, id, description));
            case "replication" -> Optional.of(replication(fields, id, description));
            case "sql" -> Optional.of(new SqlParser(flaws).parse(fields, id, description));
            case "external" -> Optional.of(new ExternalParser(flaws).parse(fields, id, description));
            default -> Optional.empty();
        };
        if (migration.isPresent()) {
            fields.done();
        }
        return migration;
    }

    private MongoMigration mongo(Fields fields, String id, String description) {
        String connection = fields.text("connection", "Name a configured connection, e.g. target.");
        String database = fields.text("database", "Name the database.");
        List<ChangeSet> changeSets = new ArrayList<>();
        Set<Version> versions = new HashSet<>();
        for (Located node : fields.list("changeSets", "Write at least one change set.")) {
            changeSet(node).ifPresent(next -> {
                checkOrder(node, versions, changeSets, next);
                changeSets.add(next);
            });
        }
        return new MongoMigration(id, description, connection, database, changeSets);
    }

    private void checkOrder(Located node, Set<Version> versions, List<ChangeSet> before, ChangeSet next) {
        if (!versions.add(next.version())) {
            flaws.add(
                    node.place(),
                    "The version " + next.version() + " is there twice.",
                    "Give each change set its own version.");
        } else if (!before.isEmpty() && before.getLast().version().compareTo(next.version()) > 0) {
            flaws.add(
                    node.place(),
                    "The version " + next.version() + " stands after "
                            + before.getLast().version() + ".",
                    "Put the change sets in the order of their versions.");
        }
    }

    private Optional<ChangeSet> changeSet(Located node) {
        Fields fields = Fields.of(node, "a change set", flaws);
        String version =
                fields.text("version", "Write whole numbers separated by dots, e.g. 1 or 1.2.", Version::isValid);
        String description = fields.optionalText("description").orElse("");
        boolean valid = Version.isValid(version);
        ChangeSet changeSet = new StepParser(flaws)
                .changeSet(
                        new Version(valid ? version : "0"),
                        description,
                        fields.list("steps", "Write at least one step."));
        fields.done();
        return valid ? Optional.of(changeSet) : Optional.empty();
    }

    private ReplicationMigration replication(Fields fields, String id, String description) {
        Fields source = Fields.of(
                fields.need("source", "Say where the rows come from.")
                        .orElseGet(() -> new Located.Obj(fields.place(), List.of())),
                "'source'",
                fields.find("source").isPresent() ? flaws : new Flaws(file));
        Fields target = Fields.of(
                fields.need("target", "Say where the rows go.")
                        .orElseGet(() -> new Located.Obj(fields.place(), List.of())),
                "'target'",
                fields.find("target").isPresent() ? flaws : new Flaws(file));
        ReplicationMigration migration = new ReplicationMigration(
                id,
                description,
                new ReplicationMigration.Source(
                        source.text("connection", "Name a configured connection, e.g. source."),
                        new TablesParser(flaws).parse(source),
                        "none".equals(source.oneOf("heartbeat", "table", "table", "none"))
                                ? Heartbeat.NONE
                                : Heartbeat.TABLE,
                        source.texts("connector")),
                new TargetParser(flaws).parse(target),
                fields.whole("partitions", 1, 1, 1_000),
                fields.positive("expectedRowsPerSecond").orElse(null),
                fields.find("verify").map(this::verify).orElse(null));
        source.done();
        target.done();
        return migration;
    }

    private ReplicationMigration.Verify verify(Located node) {
        Fields verify = Fields.of(node, "'verify'", flaws);
        Integer most = verify.find("maxRowsPerSecond").isPresent()
                ? verify.whole("maxRowsPerSecond", 1, 1, Integer.MAX_VALUE)
                : null;
        Duration limit = verify.duration("cancelAfter").orElse(ReplicationMigration.Verify.USUAL_LIMIT);
        verify.done();
        return new ReplicationMigration.Verify(most, limit);
    }

    private static Optional<String> idOf(Located tree) {
        return tree instanceof Located.Obj object
                ? object.members().stream()
                        .filter(it -> it.key().equals("id"))
                        .map(Located.Member::value)
                        .filter(Located.Scalar.class::isInstance)
                        .map(it -> ((Located.Scalar) it).text())
                        .findFirst()
                : Optional.empty();
    }

    private String nameOfFile() {
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
