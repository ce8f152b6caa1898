package io.flywatch.cdc.mapping;

import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.ColumnType.Vendor;
import io.flywatch.cdc.change.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;

/** Values of one type as values of another. What would lose something is refused, and never cut off. */
enum Casts {
    TEXT("", "string"),
    INTEGER("", "int32"),
    BIGINT("", "int64"),
    DECIMAL("org.apache.kafka.connect.data.Decimal", "bytes"),
    DOUBLE("", "double"),
    BOOLEAN("", "boolean"),
    DATE("io.debezium.time.Date", "int32"),
    TIMESTAMP("io.debezium.time.ZonedTimestamp", "string"),
    JSON("io.debezium.data.Json", "string");

    private final ColumnType type;

    Casts(String logical, String physical) {
        this.type = new ColumnType(Vendor.UNKNOWN, "", -1, -1, logical, physical);
    }

    /** The cast of that name; the runner has checked it. */
    static Casts named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What the column is from then on. */
    ColumnType type() {
        return type;
    }

    /** Throws {@link IllegalArgumentException} or {@link ArithmeticException} if the value has no form in this type. */
    Object of(Object value) {
        return switch (this) {
            case TEXT -> text(value);
            case INTEGER -> number(value).intValueExact();
            case BIGINT -> number(value).longValueExact();
            case DECIMAL -> number(value);
            case DOUBLE ->
                value instanceof Double ? value : (Object) number(value).doubleValue();
            case BOOLEAN -> truth(value);
            case DATE -> date(value);
            case TIMESTAMP -> instant(value);
            case JSON -> value instanceof Json ? value : new Json(text(value));
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case ByteBuffer bytes -> HexFormat.of().formatHex(bytes.array());
            case Json json -> json.text();
            default -> value.toString();
        };
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            case BigDecimal number -> number;
            default -> new BigDecimal(text(value).strip());
        };
    }

    private static Object truth(Object value) {
        return switch (text(value).strip().toLowerCase(Locale.ROOT)) {
            case "1", "true", "t", "yes", "y", "on" -> Boolean.TRUE;
            case "0", "false", "f", "no", "n", "off" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Object date(Object value) {
        return switch (value) {
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            case Instant time -> LocalDate.ofInstant(time, ZoneOffset.UTC);
            default -> parsed(() -> LocalDate.parse(text(value).strip()));
        };
    }

    private static Object instant(Object value) {
        return switch (value) {
            case Instant time -> time;
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> parsed(() -> OffsetDateTime.parse(text(value).strip()).toInstant());
        };
    }

    private static Object parsed(Supplier<Object> parse) {
        try {
            return parse.get();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no date or time", e);
        }
    }
}
