package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a row or key, and how each is read. */
final class Columns {
    private final Shape shape;
    private final List<String> names;
    private final ValueReader[] readers;

    private Columns(Shape shape, List<ValueReader> readers) {
        this.shape = shape;
        this.names = shape.names();
        this.readers = readers.toArray(ValueReader[]::new);
    }

    /** The row has other columns than these. */
    static final class OthersException extends IOException {
        private static final long serialVersionUID = 1L;

        private OthersException(String message) {
            super(message);
        }
    }

    /** The columns that the schema of a structure names. */
    static Columns of(JsonNode schema, Vendor source) {
        return described(schema.path("fields"), source);
    }

    /** Columns, each as Kafka Connect's schema describes it. */
    static Columns described(Iterable<JsonNode> fields, Vendor source) {
        List<String> names = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        List<@Nullable Object> defaults = new ArrayList<>();
        List<ValueReader> readers = new ArrayList<>();
        fields.forEach(field -> {
            ValueReader reader = ValueReaders.of(field);
            names.add(field.path("field").asText());
            types.add(ColumnType.of(field, source));
            defaults.add(defaultOf(field, reader));
            readers.add(reader);
        });
        return new Columns(new Shape(names, types, defaults), readers);
    }

    /** A default that can't be read is none: it is no part of any row. */
    private static @Nullable Object defaultOf(JsonNode field, ValueReader reader) {
        JsonNode value = field.path("default");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try (JsonParser parser = value.traverse()) {
            parser.nextToken();
            Object read = reader.readOrNull(parser);
            return read == Unavailable.VALUE ? null : read;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    /** These columns, read as the row's columns of the same names: a key's schema does not tell the types at the source. */
    Columns typedBy(Columns row) {
        List<ValueReader> typed = new ArrayList<>();
        for (int i = 0; i < readers.length; i++) {
            int column = row.names.indexOf(names.get(i));
            typed.add(column < 0 ? readers[i] : row.readers[column]);
        }
        return new Columns(shape, typed);
    }

    /** Whether there are columns of all these names. */
    boolean has(List<String> some) {
        return names.containsAll(some);
    }

    /** The columns of these names, of which there are all. */
    Columns only(List<String> some) {
        List<ColumnType> types = some.stream().map(shape::typeOf).toList();
        List<ValueReader> own =
                some.stream().map(name -> readers[names.indexOf(name)]).toList();
        return new Columns(new Shape(some, types), own);
    }

    /** Reads a row at the parser's START_OBJECT. */
    Row row(JsonParser parser) throws IOException {
        return new Row(shape, values(parser));
    }

    /** Reads a key at the parser's START_OBJECT. */
    Key key(JsonParser parser) throws IOException {
        List<Object> values = new ArrayList<>(readers.length);
        for (Object value : values(parser)) {
            if (value == null) {
                throw new IOException("a column of the key is null");
            }
            values.add(value);
        }
        return new Key(names, values);
    }

    private @Nullable Object[] values(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a row or key is no object");
        }
        @Nullable Object[] values = new @Nullable Object[readers.length];
        int expected = 0;
        int read = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int column = expected < readers.length && names.get(expected).equals(name) ? expected : names.indexOf(name);
            if (column < 0) {
                throw new OthersException("the column " + name + " is not in the schema");
            }
            values[column] = value(parser, column);
            expected = column + 1;
            read++;
        }
        if (read < readers.length) {
            throw new OthersException("of the columns " + names + " only " + read + " are there");
        }
        return values;
    }

    private @Nullable Object value(JsonParser parser, int column) throws IOException {
        parser.nextToken();
        try {
            return readers[column].readOrNull(parser);
        } catch (IOException | RuntimeException e) {
            throw new IOException("the column " + names.get(column) + " can't be read: " + withoutContents(e), e);
        }
    }

    private static String withoutContents(Exception e) {
        return e.getClass().getSimpleName();
    }
}
