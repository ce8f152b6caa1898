package io.flywatch.runner.adapter.yaml;

import io.flywatch.runner.schedule.Cron;
import io.flywatch.runner.schedule.Schedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads when a migration is to be started by itself: {@code schedule: { cron: "0 2 * * *", zone: Europe/Berlin }}. */
final class ScheduleParser {
    private static final String CRON =
            "Write five fields: minute, hour, day of month, month, day of week, e.g. \"0 2 * * *\" for each night at two.";

    private final Flaws flaws;

    ScheduleParser(Flaws flaws) {
        this.flaws = flaws;
    }

    Optional<Schedule> parse(Fields migration) {
        return migration.find("schedule").flatMap(this::schedule);
    }

    private Optional<Schedule> schedule(Located node) {
        Fields fields = Fields.of(node, "'schedule'", flaws);
        Optional<Cron> cron = cron(fields, fields.text("cron", CRON));
        ZoneId zone =
                fields.optionalText("zone").flatMap(it -> zone(fields, it)).orElse(ZoneOffset.UTC);
        Schedule.Missed missed = "run".equals(fields.oneOf("missed", "skip", "skip", "run"))
                ? Schedule.Missed.RUN
                : Schedule.Missed.SKIP;
        fields.done();
        return cron.map(it -> new Schedule(it, zone, missed));
    }

    private Optional<Cron> cron(Fields fields, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Cron.parse(text));
        } catch (IllegalArgumentException e) {
            flaws.add(place(fields, "cron"), "'" + text + "' is no time table: " + e.getMessage() + ".", CRON);
            return Optional.empty();
        }
    }

    private Optional<ZoneId> zone(Fields fields, String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            flaws.add(
                    place(fields, "zone"),
                    "There is no time zone '" + text + "'.",
                    "Write a name of the tz database, e.g. Europe/Berlin, or leave it out for UTC.");
            return Optional.empty();
        }
    }

    private static Located.Place place(Fields fields, String key) {
        return fields.find(key).map(Located::place).orElse(fields.place());
    }
}
