package io.flywatch.runner.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Notifications of connectors whose converter writes Avro. */
class AvroNoticeTest {
    private static final Map<String, String> DATA = new TreeMap<>(
            Map.of("connector_name", "cdc.shop", "scanned_collection", "public.Größe", "total_rows_scanned", "300000"));

    /** Whole numbers as Avro has them: the sign in the last bit, seven bits a byte. */
    private static void number(long number, ByteArrayOutputStream to) {
        long left = number << 1 ^ number >> 63;
        while ((left & ~0x7fL) != 0) {
            to.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        to.write((int) left);
    }

    private static void text(String text, ByteArrayOutputStream to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length, to);
        to.writeBytes(bytes);
    }

    private static byte[] notice(byte[] head, @Nullable Map<String, String> data) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        to.writeBytes(head);
        text("5bb4", to);
        text("TABLE_SCAN_COMPLETED", to);
        text("Initial Snapshot", to);
        number(data == null ? 0 : 1, to);
        if (data != null) {
            number(data.size(), to);
            data.forEach((key, value) -> {
                text(key, to);
                text(value, to);
            });
            number(0, to);
        }
        number(1_795_433_876_848L, to);
        return to.toByteArray();
    }

    @Test
    void areReadWhereverTheNumberOfTheirSchemaStands() {
        for (byte[] head : new byte[][] {
            {},
            ByteBuffer.allocate(9).putLong(1, 312).array(),
            ByteBuffer.allocate(5).putInt(1, 7).array()
        }) {
            assertThat(AvroNotice.json(notice(head, DATA))).hasValueSatisfying(read -> {
                assertThat(read.path("type").asText()).isEqualTo("TABLE_SCAN_COMPLETED");
                assertThat(read.path("additional_data")
                                .path("scanned_collection")
                                .asText())
                        .isEqualTo("public.Größe");
                assertThat(read.path("timestamp").asLong()).isEqualTo(1_795_433_876_848L);
            });
            assertThat(AvroNotice.json(notice(head, null)))
                    .hasValueSatisfying(read ->
                            assertThat(read.path("additional_data").isNull()).isTrue());
        }
    }

    @Test
    void leaveWhatIsNoneToOthers() {
        assertThat(AvroNotice.json("{\"payload\": {}}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(AvroNotice.json(new byte[0])).isEmpty();
        assertThat(AvroNotice.json(new byte[] {0, 0, 0, 0, 1, 99, 99})).isEmpty();
    }

    @Test
    void countForTheSnapshotAsThoseInJsonDo() throws Exception {
        NotificationView view = new NotificationView(new ObjectMapper());

        view.on(new ConsumerRecord<>("t", 0, 0, "k", notice(new byte[0], DATA)));

        assertThat(view.snapshot("cdc.shop", Map.of()).scanned()).containsExactly(Map.entry("public.Größe", 300_000L));
    }
}
