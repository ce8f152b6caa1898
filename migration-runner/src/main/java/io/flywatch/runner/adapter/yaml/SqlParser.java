package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.migration.SqlMigration;
import io.flywatch.runner.migration.SqlMigration.History;
import io.flywatch.runner.migration.SqlMigration.Scripts;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is proper to a migration of the kind {@code sql}. */
final class SqlParser {
    private static final Pattern VERSION = Pattern.compile("\\d+([._]\\d+)*");
    private static final String LOCATIONS = "Write a list of folders, relative to this one, e.g. [orders].";
    private static final String A_VERSION = "Write a version as the scripts' names have it, in quotes, e.g. \"1.2\".";

    private final Flaws flaws;

    SqlParser(Flaws flaws) {
        this.flaws = flaws;
    }

    SqlMigration parse(Fields fields, String id, String description) {
        return new SqlMigration(
                id,
                description,
                fields.text("connection", "Name a configured connection, e.g. target."),
                new Scripts(locations(fields), encoding(fields), fields.texts("placeholders")),
                new History(
                        fields.optionalText("schema").orElse(null),
                        fields.optionalText("table").orElse("flyway_schema_history"),
                        version(fields, "target"),
                        version(fields, "baseline"),
                        fields.truth("outOfOrder")),
                blocking(fields, flaws));
    }

    private List<String> locations(Fields fields) {
        List<String> locations = new ArrayList<>();
        for (Located item : fields.list("locations", LOCATIONS)) {
            if (item instanceof Located.Scalar scalar && !scalar.text().isBlank()) {
                locations.add(scalar.text());
            } else {
                flaws.add(item.place(), "Here stands " + item.kind() + ".", LOCATIONS);
            }
        }
        return locations;
    }

    private Charset encoding(Fields fields) {
        Optional<Located> node = fields.find("encoding");
        String name = fields.optionalText("encoding").orElse("UTF-8");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            node.ifPresent(it -> flaws.add(
                    it.place(), "'" + name + "' is no encoding.", "Write e.g. UTF-8, ISO-8859-1 or windows-1252."));
            return StandardCharsets.UTF_8;
        }
    }

    private @Nullable String version(Fields fields, String key) {
        Optional<String> version = fields.optionalText(key);
        if (version.isPresent() && !VERSION.matcher(version.get()).matches()) {
            fields.find(key)
                    .ifPresent(it -> flaws.add(it.place(), "'" + version.get() + "' is no version.", A_VERSION));
            return null;
        }
        return version.orElse(null);
    }

    /** How long others may wait, for whichever kind has it. */
    static BlockingPolicy blocking(Fields fields, Flaws flaws) {
        Optional<Located> node = fields.find("blocking");
        if (node.isEmpty()) {
            return BlockingPolicy.DEFAULT;
        }
        Fields blocking = Fields.of(node.get(), "'blocking'", flaws);
        Duration warnAfter = blocking.duration("warnAfter").orElse(BlockingPolicy.DEFAULT.warnAfter());
        Optional<Duration> cancelAfter = blocking.duration("cancelAfter");
        blocking.done();
        return new BlockingPolicy(warnAfter, cancelAfter.orElse(null));
    }
}
