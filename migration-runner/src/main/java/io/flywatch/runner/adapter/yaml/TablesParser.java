package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.adapter.yaml.Located.Scalar;
import io.flywatch.runner.migration.ReplicationMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which tables a replication takes: a list of {@code schema.table}, or {@code "*"}. */
final class TablesParser {
    /** The first dot parts the schema from the table, whose own name may hold dots and spaces. */
    private static final Pattern QUALIFIED =
            Pattern.compile("[^.\\s]([^.\\p{Cntrl}]*[^.\\s])?\\.\\S([^\\p{Cntrl}]*\\S)?");

    private static final String REMEDY =
            "Write a list of schema.table, or \"*\" for every table that has a primary key.";

    private final Flaws flaws;

    TablesParser(Flaws flaws) {
        this.flaws = flaws;
    }

    List<String> parse(Fields source) {
        Optional<Located> node = source.find("tables");
        if (node.isPresent() && node.get() instanceof Scalar scalar) {
            check(scalar);
            return List.of(scalar.text());
        }
        List<String> tables = new ArrayList<>();
        for (Located item : source.list("tables", REMEDY)) {
            if (item instanceof Scalar scalar) {
                check(scalar);
                if (tables.contains(scalar.text())) {
                    flaws.add(
                            item.place(), "The table '" + scalar.text() + "' is there twice.", "Keep one of the two.");
                }
                tables.add(scalar.text());
            } else {
                flaws.add(item.place(), "Here stands " + item.kind() + ".", REMEDY);
            }
        }
        if (tables.size() > 1 && tables.contains(ReplicationMigration.EVERY_TABLE)) {
            flaws.add(
                    node.orElseThrow().place(),
                    "\"*\" stands beside other tables.",
                    "Write \"*\" alone, or the tables.");
        }
        return tables;
    }

    /** Whether a text can be the name of a table in its schema. */
    static boolean isTable(String text) {
        return QUALIFIED.matcher(text).matches();
    }

    private void check(Scalar scalar) {
        if (!scalar.text().equals(ReplicationMigration.EVERY_TABLE) && !isTable(scalar.text())) {
            flaws.add(scalar.place(), "'" + scalar.text() + "' is no table.", REMEDY);
        }
    }
}
