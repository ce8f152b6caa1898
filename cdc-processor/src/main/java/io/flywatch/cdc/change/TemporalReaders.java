package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads dates and times, whose infinities the PostgreSQL driver writes as the far ends of its own range. */
final class TemporalReaders {

    private static final long POSITIVE_INFINITY = 9223372036825200000L;
    private static final long NEGATIVE_INFINITY = -9223372036832400000L;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long NANOS_A_DAY = 86_400 * NANOS_A_SECOND;
    private static final int FUTURE_IN_STREAM = -2_147_472_692;
    private static final int PAST_IN_STREAM = -2_147_472_691;
    private static final int FUTURE_IN_SNAPSHOT = -622_191_234;
    private static final int PAST_IN_SNAPSHOT = -625_821_272;
    private static final int FIRST_DAY_OF_POSTGRES = -2_440_588;

    private TemporalReaders() {}

    /** Days since 1970. The snapshot and the stream write infinity in different ways, each by an overflow of its own. */
    static Object date(JsonParser parser) throws IOException {
        int days = parser.getIntValue();
        return switch (days) {
            case FUTURE_IN_STREAM, FUTURE_IN_SNAPSHOT -> Endless.FUTURE;
            case PAST_IN_STREAM, PAST_IN_SNAPSHOT -> Endless.PAST;
            default -> {
                if (days < FIRST_DAY_OF_POSTGRES) {
                    throw new IOException("a date before all dates");
                }
                yield LocalDate.ofEpochDay(days);
            }
        };
    }

    /** Time since 1970 without a zone, in units of so many nanoseconds. */
    static Object timestamp(JsonParser parser, int nanosPerUnit) throws IOException {
        long units = parser.getLongValue();
        if (isInfinity(units, POSITIVE_INFINITY)) {
            return Endless.FUTURE;
        }
        if (isInfinity(units, NEGATIVE_INFINITY)) {
            return Endless.PAST;
        }
        long perSecond = NANOS_A_SECOND / nanosPerUnit;
        long nanos = Math.floorMod(units, perSecond) * nanosPerUnit;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), (int) nanos, ZoneOffset.UTC);
    }

    private static boolean isInfinity(long units, long infinity) {
        return units == infinity || units == infinity / 1_000;
    }

    /** A point in time as ISO text. */
    static @Nullable Object zonedTimestamp(JsonParser parser) throws IOException {
        String text = parser.getText();
        Instant quick = IsoInstant.parse(text);
        return quick != null ? quick : unusual(text);
    }

    private static @Nullable Object unusual(String text) throws IOException {
        if (text.equals(Endless.FUTURE.text()) || text.equals(Endless.PAST.text())) {
            return text.equals(Endless.FUTURE.text()) ? Endless.FUTURE : Endless.PAST;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IOException("a timestamp that is none", e);
        }
    }

    /** Time of day as ISO text; PostgreSQL knows 24:00, and MySQL's times go from -838 to 838 hours. */
    static Object time(JsonParser parser, int nanosPerUnit) throws IOException {
        long nanos = parser.getLongValue() * nanosPerUnit;
        return nanos < 0 || nanos >= NANOS_A_DAY
                ? hours(nanos)
                : LocalTime.ofNanoOfDay(nanos).toString();
    }

    private static String hours(long nanos) {
        Duration time = Duration.ofNanos(Math.abs(nanos));
        String whole = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                nanos < 0 ? "-" : "",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart());
        return time.toNanosPart() == 0
                ? whole
                : whole + String.format(Locale.ROOT, ".%06d", time.toNanosPart() / 1_000);
    }

    /** A span of time as ISO text. */
    static Object duration(JsonParser parser) throws IOException {
        return Duration.ofSeconds(0, 0)
                .plusNanos(Math.multiplyExact(parser.getLongValue(), 1_000L))
                .toString();
    }
}
