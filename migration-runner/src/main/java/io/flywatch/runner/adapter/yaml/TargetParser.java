package io.flywatch.runner.adapter.yaml;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.TablePolicy;
import io.flywatch.runner.adapter.yaml.Located.Member;
import io.flywatch.runner.adapter.yaml.Located.Scalar;
import io.flywatch.runner.migration.ReplicationMigration.Mapping;
import io.flywatch.runner.migration.ReplicationMigration.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a replication's rows go and what becomes of tables and columns on the way:
 *
 * <pre>{@code
 * mapping:
 *   public.customers:
 *     name: clients
 *     columns:
 *       ssn: drop
 *       email: { name: mail, mask: hash }
 *       age: { cast: text }
 *       city: { mask: fixed, value: somewhere }
 *     id: { form: document, columns: drop }
 *   public.addresses:
 *     embed: { into: public.customers, as: addresses, by: customer_id }
 * }</pre>
 */
final class TargetParser {
    private static final String COLUMN =
            "Write drop, hash or blank, or an object with name, cast, mask and value, e.g. { name: mail, mask: hash }.";
    private static final String BY = "Name the columns of the foreign key, in the order of the key that they hold.";
    private static final String[] CASTS = {
        "", "text", "integer", "bigint", "decimal", "double", "boolean", "date", "timestamp", "json"
    };

    private final Flaws flaws;

    TargetParser(Flaws flaws) {
        this.flaws = flaws;
    }

    Target parse(Fields target) {
        String connection = target.text("connection", "Name a configured connection, e.g. target.");
        String database = target.text("database", "Name the database.");
        String policy = target.oneOf("tables", "follow", "follow", "create", "check");
        Map<String, Mapping> mapping = new LinkedHashMap<>();
        target.find("mapping")
                .map(it -> Fields.of(it, "'mapping'", flaws))
                .ifPresent(tables -> tables.members().forEach(table -> mapping.put(table.key(), table(table))));
        return new Target(connection, database, TablePolicy.valueOf(policy.toUpperCase(Locale.ROOT)), mapping);
    }

    private Mapping table(Member member) {
        if (!TablesParser.isTable(member.key())) {
            flaws.add(
                    member.place(), "'" + member.key() + "' is no table.", "Write schema.table as the source has it.");
        }
        Fields table = Fields.of(member.value(), "a table's mapping", flaws);
        String name = table.optionalText("name").orElse(null);
        List<ColumnRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        table.find("columns")
                .map(it -> Fields.of(it, "'columns'", flaws))
                .ifPresent(columns -> columns.members().forEach(column -> {
                    ColumnRule rule = column(column);
                    rules.add(rule);
                    String renamed = rule.name();
                    String target = renamed == null ? rule.column() : renamed;
                    if (rule.action() != Action.DROP && !names.add(target)) {
                        flaws.add(
                                column.place(),
                                "Two columns become '" + target + "'.",
                                "Give each column a name of its own at the target.");
                    }
                }));
        Embedding embedding = table.find("embed")
                .map(it -> embedding(Fields.of(it, "'embed'", flaws)))
                .orElse(null);
        DocumentKey key = table.find("id")
                .map(it -> documentKey(Fields.of(it, "'id'", flaws)))
                .orElse(null);
        table.done();
        return new Mapping(name, rules, embedding, key);
    }

    private Embedding embedding(Fields embed) {
        String into = embed.text("into", "Name the table whose documents take the rows, as schema.table.");
        String as = embed.text("as", "Name the field that becomes the array.");
        List<String> by = embed.names("by", BY);
        embed.done();
        return new Embedding(into, as, by);
    }

    private static DocumentKey.@Nullable Form form(String word) {
        return switch (word) {
            case "value" -> DocumentKey.Form.VALUE;
            case "document" -> DocumentKey.Form.DOCUMENT;
            default -> null;
        };
    }

    /** No generated ids: a change could not find its document by the key, and a repetition would make another one. */
    private DocumentKey documentKey(Fields id) {
        DocumentKey.Form form = form(id.oneOf("form", "", "", "value", "document"));
        boolean dropped = id.oneOf("columns", "keep", "keep", "drop").equals("drop");
        id.done();
        return new DocumentKey(form, !dropped);
    }

    private ColumnRule column(Member member) {
        if (member.value() instanceof Scalar scalar) {
            Action action = action(scalar.text());
            if (action == Action.KEEP || action == Action.FIXED) {
                flaws.add(scalar.place(), "For '" + member.key() + "' here stands " + scalar.kind() + ".", COLUMN);
            }
            return new ColumnRule(member.key(), null, action, null);
        }
        Fields column = Fields.of(member.value(), "a column's mapping", flaws);
        String name = column.optionalText("name").orElse(null);
        String cast = column.oneOf("cast", "", CASTS);
        String mask = column.oneOf("mask", "", "", "hash", "blank", "fixed");
        String value = column.optionalText("value").orElse(null);
        column.done();
        if (!cast.isEmpty() && !mask.isEmpty()) {
            flaws.add(member.place(), "'" + member.key() + "' has a cast and a mask.", "Keep one of the two.");
        }
        if (mask.equals("fixed") == (value == null)) {
            String problem = value == null ? "mask: fixed and no value." : "a value and no mask: fixed.";
            flaws.add(
                    member.place(),
                    "'" + member.key() + "' has " + problem,
                    "Write both, e.g. { mask: fixed, value: somewhere }.");
        }
        Action action = cast.isEmpty() ? action(mask) : Action.CAST;
        return new ColumnRule(member.key(), name, action, action == Action.CAST ? cast : value);
    }

    private static Action action(String word) {
        return switch (word) {
            case "drop" -> Action.DROP;
            case "hash" -> Action.HASH;
            case "blank" -> Action.NULL;
            case "fixed" -> Action.FIXED;
            default -> Action.KEEP;
        };
    }
}
