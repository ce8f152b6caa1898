package io.flywatch.anomaly.adapter.file;

import io.flywatch.anomaly.detect.Maintenance;
import io.flywatch.anomaly.polled.PolledQuery;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.rule.Threshold;
import io.flywatch.anomaly.score.Direction;
import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.series.Meaning;
import io.flywatch.events.anomaly.Severity;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What a file of rules says.
 *
 * @param settings thresholds that differ, by their key under {@code flywatch.rules.}
 * @param places where each of them stands: {@code line 3, column 5}
 * @param declared rules of the file's own
 * @param maintenance when nothing is to be told
 * @param polled what Prometheus is asked for
 * @param flaws what is wrong, each with its place; if there are any, nothing of the file counts
 */
public record RulesFile(
        Map<String, String> settings,
        Map<String, String> places,
        List<Threshold> declared,
        List<Maintenance> maintenance,
        List<PolledQuery> polled,
        List<String> flaws) {

    /** A file that says nothing. */
    public static final RulesFile EMPTY = new RulesFile(Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of());

    public RulesFile {
        settings = Map.copyOf(settings);
        places = Map.copyOf(places);
        declared = List.copyOf(declared);
        maintenance = List.copyOf(maintenance);
        polled = List.copyOf(polled);
        flaws = List.copyOf(flaws);
    }

    /** Reads a file's text. */
    public static RulesFile read(String text) {
        Reader reader = new Reader();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root != null) {
                reader.root(root);
            }
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            reader.flaws.add(
                    "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + e.getProblem());
        }
        return new RulesFile(
                reader.settings, reader.places, reader.declared, reader.maintenance, reader.polled, reader.flaws);
    }

    /** Where a node stands. */
    private static String place(Node node) {
        return "line " + (node.getStartMark().getLine() + 1) + ", column "
                + (node.getStartMark().getColumn() + 1);
    }

    /** As of any measure of which nothing is known. */
    private static final double LEAST_SHARE = 0.05;

    /** Gathers what it reads, and what is wrong with it. */
    private static final class Reader {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> places = new LinkedHashMap<>();
        private final List<Threshold> declared = new ArrayList<>();
        private final List<Maintenance> maintenance = new ArrayList<>();
        private final List<PolledQuery> polled = new ArrayList<>();
        private final List<String> flaws = new ArrayList<>();
        private final Set<String> series = new HashSet<>();

        void root(Node root) {
            entries(root, "rules", "declared", "polled", "maintenance").forEach((key, value) -> {
                switch (key) {
                    case "rules" -> flatten("", value);
                    case "declared" -> elements(value).forEach(this::declare);
                    case "polled" -> elements(value).forEach(this::poll);
                    default -> elements(value).forEach(this::maintain);
                }
            });
        }

        private void flatten(String prefix, Node node) {
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
                    flatten(prefix.isEmpty() ? key : prefix + "." + key, tuple.getValueNode());
                }
            } else if (node instanceof ScalarNode scalar && !prefix.isEmpty()) {
                settings.put(prefix, scalar.getValue());
                places.put(prefix, place(node));
            } else {
                flaw(node, "'" + prefix + "' must be a value, or hold settings");
            }
        }

        private void declare(Node node) {
            Map<String, Node> it =
                    entries(node, "series", "above", "below", "clears", "for", "severity", "critical", "meaning");
            String name = text(it.get("series"));
            if (name.isEmpty() || it.containsKey("above") == it.containsKey("below")) {
                flaw(node, "a declared rule needs 'series', and either 'above' or 'below'");
                return;
            }
            if (!series.add(name)) {
                flaw(
                        node,
                        "there is another declared rule for the series '" + name
                                + "'; use 'critical' for a second bound");
            }
            boolean above = it.containsKey("above");
            Double bound = number(it.get(above ? "above" : "below"));
            Double critical = number(it.get("critical"));
            Double clears = number(it.get("clears"));
            Duration after = duration(it.get("for"));
            String severity = text(it.get("severity"));
            if (!Set.of("", "warning", "critical").contains(severity)) {
                flaw(it.get("severity"), "severity is 'warning' or 'critical', and not '" + severity + "'");
            }
            if (bound == null) {
                return;
            }
            if (clears != null && (above ? clears > bound : clears < bound)) {
                flaw(it.get("clears"), "'clears' must be on the good side of the bound " + bound);
            }
            if (critical != null && (above ? critical < bound : critical > bound)) {
                flaw(it.get("critical"), "'critical' must be on the bad side of the bound " + bound);
            }
            declared.add(new Threshold(
                    RuleName.DECLARED,
                    name,
                    above,
                    bound,
                    severity.equals(Severity.CRITICAL.name().toLowerCase(Locale.ROOT)) ? bound : critical,
                    clears,
                    after,
                    text(it.get("meaning")).isEmpty() ? "a declared bound was passed" : text(it.get("meaning"))));
        }

        private void poll(Node node) {
            Map<String, Node> it = entries(node, "name", "query", "migration", "unit", "bad", "least", "judged");
            String name = text(it.get("name"));
            if (!name.matches("[A-Za-z0-9_.-]+") || text(it.get("query")).isBlank()) {
                flaw(node, "a polled series needs a 'name' of letters, digits, '_', '.' and '-', and a 'query'");
                return;
            }
            if (polled.stream().anyMatch(other -> other.name().equals(name))) {
                flaw(node, "there is another polled series '" + name + "'");
            }
            String bad = it.containsKey("bad") ? text(it.get("bad")) : "both";
            if (!Set.of("up", "down", "both").contains(bad)) {
                flaw(it.get("bad"), "bad is 'up', 'down' or 'both', and not '" + bad + "'");
                return;
            }
            String judged = it.containsKey("judged") ? text(it.get("judged")) : "false";
            if (!Set.of("true", "false").contains(judged)) {
                flaw(it.get("judged"), "judged is 'true' or 'false', and not '" + judged + "'");
            }
            Double least = number(it.get("least"));
            if (least != null && least < 0) {
                flaw(it.get("least"), "'least' must not be negative");
                return;
            }
            String migration = text(it.get("migration"));
            polled.add(new PolledQuery(
                    name,
                    text(it.get("query")),
                    migration.isEmpty() ? "*" : migration,
                    new Meaning(
                            text(it.get("unit")),
                            new Nature(
                                    Direction.valueOf(bad.toUpperCase(Locale.ROOT)),
                                    least == null ? 0 : least,
                                    LEAST_SHARE),
                            judged.equals("true"))));
        }

        private void maintain(Node node) {
            Map<String, Node> it = entries(node, "migration", "from", "to", "reason");
            Instant from = instant(node, it.get("from"), "from");
            Instant to = instant(node, it.get("to"), "to");
            if (from != null && to != null && !from.isBefore(to)) {
                flaw(node, "'to' must be after 'from'");
            } else if (from != null && to != null) {
                String migration = text(it.get("migration"));
                maintenance.add(
                        new Maintenance(migration.isEmpty() ? "*" : migration, from, to, text(it.get("reason"))));
            }
        }

        private Map<String, Node> entries(Node node, String... known) {
            Map<String, Node> entries = new LinkedHashMap<>();
            if (!(node instanceof MappingNode mapping)) {
                flaw(node, "a mapping was expected, with " + String.join(", ", known));
                return entries;
            }
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
                if (!List.of(known).contains(key)) {
                    flaw(tuple.getKeyNode(), "there is no '" + key + "' here; there are " + String.join(", ", known));
                } else if (entries.put(key, tuple.getValueNode()) != null) {
                    flaw(tuple.getKeyNode(), "'" + key + "' is there twice");
                }
            }
            return entries;
        }

        private List<Node> elements(Node node) {
            if (node instanceof SequenceNode sequence) {
                return sequence.getValue();
            }
            flaw(node, "a list was expected");
            return List.of();
        }

        private static String text(@Nullable Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : "";
        }

        private @Nullable Double number(@Nullable Node node) {
            if (node == null) {
                return null;
            }
            try {
                double number = Double.parseDouble(text(node));
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException notOne) {
                // Told below, with its place.
            }
            flaw(node, "'" + text(node) + "' is no number");
            return null;
        }

        private Duration duration(@Nullable Node node) {
            if (node == null) {
                return Duration.ZERO;
            }
            try {
                Duration read = Duration.parse(text(node));
                if (!read.isNegative()) {
                    return read;
                }
            } catch (DateTimeParseException notOne) {
                // Told below, with its place.
            }
            flaw(node, "'" + text(node) + "' is no duration such as PT10S");
            return Duration.ZERO;
        }

        private @Nullable Instant instant(Node parent, @Nullable Node node, String key) {
            if (node == null) {
                flaw(parent, "'" + key + "' is missing");
                return null;
            }
            try {
                return Instant.parse(text(node));
            } catch (DateTimeParseException e) {
                flaw(node, "'" + text(node) + "' is no time such as 2026-11-23T01:00:00Z");
                return null;
            }
        }

        private void flaw(@Nullable Node node, String what) {
            flaws.add((node == null ? "" : place(node) + ": ") + what);
        }
    }
}
