package io.flywatch.system;

import io.flywatch.system.PromText.Family;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code promtool check metrics} complains of, as far as it can be known without it: names, units, help texts. */
final class MetricNames {
    private static final Pattern NOT_BASE_UNIT =
            Pattern.compile(".*_(milliseconds|ms|minutes|hours|days|kilobytes|megabytes|percent)(_.*)?");

    private MetricNames() {}

    static List<String> complaints(PromText text) {
        return text.families().entrySet().stream()
                .flatMap(MetricNames::ofFamily)
                .toList();
    }

    private static Stream<String> ofFamily(Map.Entry<String, Family> entry) {
        String name = entry.getKey();
        Family family = entry.getValue();
        return Stream.of(
                        family.help().isBlank() ? "no help text" : "",
                        family.type().equals("counter") && !name.endsWith("_total")
                                ? "counters should end in _total"
                                : "",
                        !family.type().equals("counter") && name.endsWith("_total")
                                ? "only counters should end in _total"
                                : "",
                        NOT_BASE_UNIT.matcher(name).matches() ? "not in a base unit" : "",
                        name.chars().anyMatch(Character::isUpperCase) ? "not in snake_case" : "")
                .filter(complaint -> !complaint.isEmpty())
                .map(complaint -> name + ": " + complaint);
    }
}
