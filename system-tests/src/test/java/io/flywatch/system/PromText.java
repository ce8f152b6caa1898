package io.flywatch.system;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text format, as far as the tests look at it.
 *
 * @param families the metric families by name
 */
record PromText(Map<String, Family> families) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"");

    /**
     * One metric family.
     *
     * @param help its help text
     * @param type counter, gauge, histogram, summary
     * @param labels the names of its samples' labels, without {@code le} and {@code quantile}
     * @param largest the greatest value of its samples ({@code _count} of a histogram or summary); NaN if there is none
     */
    record Family(String help, String type, TreeSet<String> labels, double largest) {
        Family and(Family later) {
            TreeSet<String> all = new TreeSet<>(labels);
            all.addAll(later.labels);
            return new Family(later.help, later.type, all, larger(largest, later.largest));
        }
    }

    static PromText parse(String text) {
        Map<String, Family> families = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helps.put(words[2], words.length > 3 ? words[3] : "");
            } else if (line.startsWith("# TYPE ")) {
                families.put(
                        words[2], new Family(helps.getOrDefault(words[2], ""), words[3], new TreeSet<>(), Double.NaN));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                add(families, line);
            }
        }
        return new PromText(families);
    }

    /** What was seen in either: gauges come and go, and a pipeline's series end with its run. */
    PromText and(PromText later) {
        Map<String, Family> both = new TreeMap<>(families);
        later.families.forEach((name, family) -> both.merge(name, family, Family::and));
        return new PromText(both);
    }

    private static void add(Map<String, Family> families, String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("not a sample: " + line);
        }
        String name = sample.group(1);
        String family = families.containsKey(name) ? name : name.replaceAll("_(count|sum|bucket|max)$", "");
        families.computeIfPresent(family, (key, old) -> {
            boolean counts = name.equals(family) || name.endsWith("_count");
            double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
            return new Family(
                    old.help(),
                    old.type(),
                    withLabels(old.labels(), sample.group(2)),
                    counts ? larger(old.largest(), value) : old.largest());
        });
    }

    /** NaN is no measurement, and smaller than any. */
    private static double larger(double one, double other) {
        return Double.isNaN(other) || one >= other ? one : other;
    }

    private static TreeSet<String> withLabels(TreeSet<String> labels, String text) {
        if (text != null) {
            LABEL.matcher(text).results().map(label -> label.group(1)).forEach(labels::add);
            labels.remove("le");
            labels.remove("quantile");
        }
        return labels;
    }
}
