package io.flywatch.cdc.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.avro.Schemas;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Messages whose schemas' numbers stand in headers, as Apicurio's serdes write them by default. */
class SchemaIdsTest {
    private static final byte[] BODY = {0, 2, 'a'};

    private static Schemas ofBytes(int bytes) {
        return new Schemas() {
            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public int bytesOfId() {
                return bytes;
            }

            @Override
            public Optional<String> schema(long id) {
                return Optional.empty();
            }
        };
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Test
    void putsTheNumberIntoTheMessage() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("apicurio.value.globalId", number(300));
        headers.add("apicurio.key.globalId", number(7));

        assertThat(SchemaIds.value(BODY, headers, ofBytes(Long.BYTES)))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 44, 0, 2, 'a');
        assertThat(SchemaIds.key(BODY, headers, Schemas.NONE)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 7);
    }

    @Test
    void takesTheNumberThatTheRegistryIsAskedFor() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("apicurio.value.globalId", number(300));
        headers.add("apicurio.value.contentId", number(5));

        assertThat(SchemaIds.value(BODY, headers, ofBytes(Integer.BYTES))).containsExactly(0, 0, 0, 0, 5, 0, 2, 'a');
    }

    @Test
    void leavesEverythingElseAsItIs() {
        RecordHeaders others = new RecordHeaders();
        others.add("apicurio.value.globalId", new byte[] {1});
        others.add("__debezium.newkey", BODY);

        assertThat(SchemaIds.value(BODY, others, Schemas.NONE)).isSameAs(BODY);
        assertThat(SchemaIds.value(null, others, Schemas.NONE)).isNull();
    }
}
