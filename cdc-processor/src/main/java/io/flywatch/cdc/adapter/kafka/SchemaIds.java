package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.avro.Schemas;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of schemas that stand in headers, where Apicurio's serdes write them unless they are told otherwise: put into the message, as the same serdes write it
 * without headers. So a message is whole wherever it goes from here, the dead letters too.
 */
final class SchemaIds {
    private static final String GLOBAL = ".globalId";
    private static final String CONTENT = ".contentId";

    private SchemaIds() {}

    /** A record's key. */
    static byte @Nullable [] key(byte @Nullable [] key, Headers headers, Schemas schemas) {
        return whole(key, headers, "apicurio.key", schemas);
    }

    /** A record's value. */
    static byte @Nullable [] value(byte @Nullable [] value, Headers headers, Schemas schemas) {
        return whole(value, headers, "apicurio.value", schemas);
    }

    private static byte @Nullable [] whole(byte @Nullable [] message, Headers headers, String of, Schemas schemas) {
        if (message == null) {
            return null;
        }
        boolean content = schemas.bytesOfId() == Integer.BYTES;
        byte[] first = id(headers, of + (content ? CONTENT : GLOBAL));
        byte[] id = first == null ? id(headers, of + (content ? GLOBAL : CONTENT)) : first;
        if (id == null) {
            return message;
        }
        long number = ByteBuffer.wrap(id).getLong();
        ByteBuffer whole =
                ByteBuffer.allocate(1 + schemas.bytesOfId() + message.length).put((byte) 0);
        if (content) {
            whole.putInt((int) number);
        } else {
            whole.putLong(number);
        }
        return whole.put(message).array();
    }

    private static byte @Nullable [] id(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length != Long.BYTES ? null : header.value();
    }
}
