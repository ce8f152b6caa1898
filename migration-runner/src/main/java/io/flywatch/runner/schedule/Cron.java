package io.flywatch.runner.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Five fields, as cron has had them since Unix: minute, hour, day of month, month, day of week. */
public final class Cron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final String text;
    private final ExecutionTime times;

    private Cron(String text, ExecutionTime times) {
        this.text = text;
        this.times = times;
    }

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    public static Cron parse(String text) {
        return new Cron(text, ExecutionTime.forCron(PARSER.parse(text)));
    }

    /** The last time at or before that moment; empty if there was none. */
    public Optional<Instant> last(Instant moment, ZoneId zone) {
        return times.lastExecution(moment.plusNanos(1).atZone(zone)).map(it -> it.toInstant());
    }

    /** The next time after that moment; empty if there is none. */
    public Optional<Instant> next(Instant moment, ZoneId zone) {
        return times.nextExecution(moment.atZone(zone)).map(it -> it.toInstant());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
