package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one of Debezium's envelopes says. It is filled while the payload is read, and read no further than its own end. */
final class Envelope {
    @Nullable
    String op;

    @Nullable
    Row after;

    private @Nullable String sequence;
    private @Nullable String file;
    private @Nullable String gtid;
    private long place = -1;
    private long ordinal = -1;
    private long wallTime;

    String snapshot = "false";
    long committed = Stamps.UNKNOWN;
    long captured = Stamps.UNKNOWN;

    private int committedPrecision;
    private int capturedPrecision;

    /** Reads the row at the parser's current token. */
    interface RowReader {
        Row row(JsonParser parser) throws IOException;
    }

    static Envelope read(JsonParser parser, RowReader rows) throws IOException {
        Envelope envelope = new Envelope();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            envelope.field(name, token, parser, rows);
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the payload has no end");
        }
        return envelope;
    }

    private void field(String name, JsonToken token, JsonParser parser, RowReader rows) throws IOException {
        switch (name) {
            case "after" -> after = token == JsonToken.VALUE_NULL ? null : rows.row(parser);
            case "op" -> op = parser.getText();
            case "source" -> source(parser);
            case "ts_ms", "ts_us", "ts_ns" -> captured(precision(name), parser);
            default -> parser.skipChildren();
        }
    }

    private void source(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "sequence" -> sequence = parser.getText();
                case "file" -> file = parser.getText();
                case "gtid" -> gtid = parser.getText();
                case "pos" -> place = parser.getLongValue();
                case "ord" -> ordinal = parser.getLongValue();
                case "wallTime" -> wallTime = parser.getLongValue();
                case "snapshot" -> snapshot = parser.getText();
                case "ts_ms", "ts_us", "ts_ns" -> committed(precision(name), parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** The change's place in the source's log, in whichever way its connector tells it; null if it can't be compared. */
    @Nullable
    SourcePosition position() {
        if (sequence != null) {
            return SourcePosition.parse(sequence).orElse(null);
        }
        if (file != null && place >= 0) {
            return SourcePosition.ofBinaryLog(file, place, gtid).orElse(null);
        }
        boolean clustered = ordinal >= 0 && committed != Stamps.UNKNOWN;
        return clustered ? new SourcePosition(List.of(Math.floorDiv(committed, 1_000_000), ordinal)) : null;
    }

    /** MongoDB's place has whole seconds; newer servers tell the milliseconds beside it. */
    private long committedAt() {
        return wallTime > 0 ? wallTime * 1_000 : committed;
    }

    /** A change with what this envelope says of it. */
    Decoded captured(Change change, Operation operation, Raw raw, int bytes) {
        boolean ofSnapshot = operation == Operation.SNAPSHOT;
        Stamps stamps = new Stamps(ofSnapshot ? Stamps.UNKNOWN : committedAt(), captured, raw.stored(), raw.received());
        boolean last = ofSnapshot && snapshot.equals("last");
        return new Decoded.Of(
                new Captured(change, operation, ofSnapshot ? reached() : position(), last, stamps, bytes));
    }

    /**
     * How far the log had been read when a row was told that an incremental snapshot read in the midst of the stream: what was committed
     * before came before it. The rows of an initial snapshot stand before all of the log.
     */
    private @Nullable SourcePosition reached() {
        boolean ofALog = sequence != null || file != null;
        return snapshot.equals("incremental") && ofALog ? position() : null;
    }

    private void committed(int precision, JsonParser parser) throws IOException {
        if (precision > committedPrecision) {
            committedPrecision = precision;
            committed = micros(precision, parser.getLongValue());
        }
    }

    private void captured(int precision, JsonParser parser) throws IOException {
        if (precision > capturedPrecision && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            capturedPrecision = precision;
            captured = micros(precision, parser.getLongValue());
        }
    }

    private static int precision(String name) {
        return switch (name) {
            case "ts_ns" -> 3;
            case "ts_us" -> 2;
            default -> 1;
        };
    }

    private static long micros(int precision, long value) {
        return switch (precision) {
            case 3 -> value / 1_000;
            case 2 -> value;
            default -> value * 1_000;
        };
    }
}
