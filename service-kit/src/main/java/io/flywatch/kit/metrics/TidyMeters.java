package io.flywatch.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the whole of {@code /q/metrics} pass {@code promtool check metrics}: what the platform names against Prometheus' conventions
 * is left out where it has a counterpart, names become snake_case, and a meter without a description is described by its name.
 */
@Singleton
public final class TidyMeters implements MeterFilter {

    private static final List<Pattern> LEFT_OUT = List.of(
            // There is process.cpu.usage; and the number of processors is no count of events.
            Pattern.compile("process\\.cpu\\.time|system\\.cpu\\.count"),
            // Long task timers render families without a help text; the active requests are there.
            Pattern.compile("(http\\.server|mail)\\.connections"),
            Pattern.compile("kafka\\..*(\\.time\\.(ns|ms)(\\..*)?|\\.connection\\.count)"));

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return LEFT_OUT.stream()
                        .anyMatch(pattern -> pattern.matcher(id.getName()).matches())
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String description = id.getDescription();
        boolean described = description != null && !description.isBlank();
        boolean tidy = id.getName().equals(snakeCase(id.getName()))
                && id.getTags().stream().allMatch(tag -> tag.getKey().equals(snakeCase(tag.getKey())));
        if (described && tidy) {
            return id;
        }
        return new Meter.Id(
                snakeCase(id.getName()),
                Tags.of(id.getTags().stream()
                        .map(tag -> Tag.of(snakeCase(tag.getKey()), tag.getValue()))
                        .toList()),
                id.getBaseUnit(),
                described ? description : id.getName().replace('.', ' '),
                id.getType());
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
