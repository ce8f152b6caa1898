package io.flywatch.cdc.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Values as Avro's generic reader gives them, written as Kafka Connect's JSON converter writes the same. */
final class JsonPayload {
    private JsonPayload() {}

    static void write(@Nullable Object value, JsonGenerator to) throws IOException {
        switch (value) {
            case null -> to.writeNull();
            case IndexedRecord record -> record(record, to);
            case Integer number -> to.writeNumber(number);
            case Long number -> to.writeNumber(number);
            case Float number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            case Boolean yes -> to.writeBoolean(yes);
            case ByteBuffer bytes -> to.writeBinary(bytes(bytes));
            case GenericFixed bytes -> to.writeBinary(bytes.bytes());
            case Collection<?> items -> {
                to.writeStartArray();
                for (Object item : items) {
                    write(item, to);
                }
                to.writeEndArray();
            }
            case Map<?, ?> entries -> {
                to.writeStartObject();
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    to.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), to);
                }
                to.writeEndObject();
            }
            default -> to.writeString(value.toString());
        }
    }

    private static void record(IndexedRecord record, JsonGenerator to) throws IOException {
        to.writeStartObject();
        for (var field : record.getSchema().getFields()) {
            to.writeFieldName(field.name());
            write(record.get(field.pos()), to);
        }
        to.writeEndObject();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
