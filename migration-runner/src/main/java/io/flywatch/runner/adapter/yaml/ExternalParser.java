package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.external.Silence;
import io.flywatch.runner.migration.ExternalMigration;
import io.flywatch.runner.migration.ExternalMigration.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is proper to a migration of the kind {@code external}. */
final class ExternalParser {
    private static final String TABLES = "Write a list of tables, e.g. [public.orders].";

    private final Flaws flaws;

    ExternalParser(Flaws flaws) {
        this.flaws = flaws;
    }

    ExternalMigration parse(Fields fields, String id, String description) {
        return new ExternalMigration(
                id,
                description,
                silence(fields),
                fields.find("watch").map(this::watch).orElse(null),
                SqlParser.blocking(fields, flaws),
                fields.positive("expectedRowsPerSecond").orElse(null));
    }

    private Silence silence(Fields fields) {
        Optional<Located> node = fields.find("silence");
        if (node.isEmpty()) {
            return Silence.DEFAULT;
        }
        Fields silence = Fields.of(node.get(), "'silence'", flaws);
        Silence declared = new Silence(
                silence.duration("shownAfter").orElse(Silence.DEFAULT.shownAfter()),
                silence.duration("failsAfter").orElse(null));
        silence.done();
        return declared;
    }

    private Watch watch(Located node) {
        Fields fields = Fields.of(node, "'watch'", flaws);
        String connection = fields.text("connection", "Name a configured connection, e.g. target.");
        String application = fields.optionalText("application").orElse(null);
        String user = fields.optionalText("user").orElse(null);
        if (application == null && user == null) {
            flaws.add(
                    node.place(),
                    "Nothing says which sessions are the tool's.",
                    "Write application: the name that it gives itself (application_name), or user: who it is logged in as.");
        }
        List<String> tables = tables(fields.find("tables").orElse(null));
        fields.done();
        return new Watch(connection, application, user, tables);
    }

    private List<String> tables(@Nullable Located node) {
        List<String> tables = new ArrayList<>();
        if (node instanceof Located.Arr list) {
            for (Located item : list.items()) {
                if (item instanceof Located.Scalar scalar && !scalar.text().isBlank()) {
                    tables.add(scalar.text());
                } else {
                    flaws.add(item.place(), "Here stands " + item.kind() + ".", TABLES);
                }
            }
        } else if (node != null) {
            flaws.add(node.place(), "Here stands " + node.kind() + ".", TABLES);
        }
        return tables;
    }
}
