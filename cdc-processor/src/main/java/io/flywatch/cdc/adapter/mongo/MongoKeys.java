package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.adapter.verify.KeyShape;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Turns the source's keys into {@code _id}s, and back. */
final class MongoKeys {
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name");
    private static final Set<String> OTHERS =
            Set.of("numeric", "bool", "uuid", "bytea", "date", "timestamp", "timestamptz", "time");
    private static final int LAST_YEAR = 294_275;
    private static final int FIRST_YEAR = -4_711;

    private final KeyShape shape;
    private final boolean isNumber;

    MongoKeys(KeyShape shape) {
        this.shape = shape;
        this.isNumber = !areDocuments() && INTEGERS.contains(shape.types().getFirst());
    }

    /**
     * Whether MongoDB sorts the {@code _id}s as the source sorts the keys, which is sure for these types alone. Documents of the same
     * fields are compared field by field, as a key's columns are.
     */
    boolean areOrdered() {
        return shape.types().stream().allMatch(this::isOrdered);
    }

    /** Whether an {@code _id} is a document, of which there are more than the keys'. */
    boolean areDocuments() {
        return shape.asDocument() || shape.types().size() > 1;
    }

    private boolean isOrdered(String type) {
        return INTEGERS.contains(type)
                || type.equals("uuid")
                || type.equals("bool")
                || (shape.sortsByBytes() && (type.equals("text") || type.equals("varchar")));
    }

    /** The type of the {@code _id}s of a table whose keys are ordered. */
    BsonType expectedType() {
        if (areDocuments()) {
            return BsonType.DOCUMENT;
        }
        String type = shape.types().getFirst();
        return INTEGERS.contains(type) ? BsonType.INT64 : type.equals("bool") ? BsonType.BOOLEAN : BsonType.STRING;
    }

    /** Whether every {@code _id} can be turned back. */
    boolean areReversible() {
        return shape.types().stream()
                .allMatch(type -> INTEGERS.contains(type) || TEXTS.contains(type) || OTHERS.contains(type));
    }

    BsonValue id(RowKey key) {
        return Documents.id(shape.change().apply(key));
    }

    /** One value for all that MongoDB holds equal, as far as keys go. */
    static BsonValue normal(BsonValue id) {
        if (id.isInt32()) {
            return new BsonInt64(id.asInt32().getValue());
        }
        if (!id.isDocument()) {
            return id;
        }
        BsonDocument normal = new BsonDocument();
        id.asDocument().forEach((name, value) -> normal.put(name, normal(value)));
        return normal;
    }

    /** The key that has this {@code _id}; empty if no row of the source can have it. */
    Optional<RowKey> key(BsonValue id) {
        if (isNumber) {
            // There is one key for a number, and one number for a key.
            String part = part(shape.types().getFirst(), id);
            return part == null ? Optional.empty() : Optional.of(new RowKey(List.of(part)));
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < shape.types().size(); i++) {
            BsonValue value = !areDocuments()
                    ? id
                    : id.isDocument()
                            ? id.asDocument()
                                    .get(FieldNames.column(shape.columns().get(i)))
                            : null;
            String part = value == null ? null : part(shape.types().get(i), value);
            if (part == null) {
                return Optional.empty();
            }
            parts.add(part);
        }
        RowKey key = new RowKey(parts);
        return normal(id(key)).equals(normal(id)) ? Optional.of(key) : Optional.empty();
    }

    private static @Nullable String part(String type, BsonValue value) {
        try {
            return switch (type) {
                case "int2" -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
                case "int4" -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "int8" -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "numeric" -> numeric(value);
                case "bool" -> value.asBoolean().getValue() ? "t" : "f";
                case "uuid" -> UUID.fromString(value.asString().getValue()).toString();
                case "bytea" ->
                    "\\x" + HexFormat.of().formatHex(value.asBinary().getData());
                case "date" ->
                    value.isString() ? endless(value) : date(local(value).toLocalDate());
                case "timestamp" -> moment(value, "");
                case "timestamptz" -> moment(value, "+00");
                case "time" -> time(value.asString().getValue());
                default -> text(value.asString().getValue());
            };
        } catch (RuntimeException otherType) {
            return null;
        }
    }

    private static @Nullable String integer(BsonValue value, long least, long most) {
        if (!value.isInt32() && !value.isInt64()) {
            return null;
        }
        long number = value.asNumber().longValue();
        return number < least || number > most ? null : Long.toString(number);
    }

    private static String numeric(BsonValue value) {
        if (value.isDecimal128() && !value.asDecimal128().getValue().isFinite()) {
            return value.asDecimal128().getValue().toString();
        }
        BigDecimal number = value.isString()
                ? new BigDecimal(value.asString().getValue())
                : value.asDecimal128().getValue().bigDecimalValue();
        return number.stripTrailingZeros().toPlainString();
    }

    /** PostgreSQL has no text with a NUL. */
    private static @Nullable String text(String value) {
        return value.indexOf('\0') < 0 ? value : null;
    }

    private static @Nullable String endless(BsonValue value) {
        String text = value.asString().getValue();
        return text.equals("infinity") || text.equals("-infinity") ? text : null;
    }

    private static LocalDateTime local(BsonValue value) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(value.asDateTime().getValue()), ZoneOffset.UTC);
    }

    private static @Nullable String moment(BsonValue value, String zone) {
        if (!value.isString()) {
            return moment(local(value), zone);
        }
        String text = value.asString().getValue();
        return text.endsWith("infinity") ? endless(value) : moment(LocalDateTime.parse(text.replace("Z", "")), zone);
    }

    private static @Nullable String moment(LocalDateTime time, String zone) {
        String day = date(time.toLocalDate());
        if (day == null) {
            return null;
        }
        String clock = clock(time.toLocalTime()) + zone;
        return day.endsWith(" BC") ? day.replace(" BC", " " + clock + " BC") : day + " " + clock;
    }

    private static @Nullable String date(LocalDate day) {
        if (day.getYear() > LAST_YEAR || day.getYear() < FIRST_YEAR) {
            return null;
        }
        boolean bc = day.getYear() < 1;
        return String.format(
                java.util.Locale.ROOT,
                "%04d-%02d-%02d%s",
                bc ? 1 - day.getYear() : day.getYear(),
                day.getMonthValue(),
                day.getDayOfMonth(),
                bc ? " BC" : "");
    }

    private static String time(String text) {
        return text.equals("24:00:00") ? text : clock(LocalTime.parse(text));
    }

    private static String clock(LocalTime time) {
        long micros = time.getNano() / 1_000;
        String whole = String.format(
                java.util.Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        return micros == 0
                ? whole
                : whole + String.format(java.util.Locale.ROOT, ".%06d", micros).replaceFirst("0+$", "");
    }
}
