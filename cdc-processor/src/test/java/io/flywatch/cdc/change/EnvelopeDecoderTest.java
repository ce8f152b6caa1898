package io.flywatch.cdc.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeDecoderTest {
    private final EnvelopeDecoder decoder = new EnvelopeDecoder();

    private static Raw raw(byte @Nullable [] key, byte @Nullable [] value) {
        return new Raw(key, value, null, null, 0, 0);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Captured captured(Recorded.Found found) {
        return ((Decoded.Of) decoder.decode(found.raw())).captured();
    }

    @Test
    void stampsAChangeWithAllItsTimes() {
        Captured beat = captured(Recorded.of("flywatch.heartbeat").get(1));

        assertThat(beat.operation()).isEqualTo(Operation.UPDATE);
        assertThat(beat.stamps().committed()).isGreaterThan(1_700_000_000_000_000L);
        assertThat(beat.stamps().captured()).isGreaterThan(beat.stamps().committed());
        assertThat(beat.position()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"ts_ms\":1000,\"ts_us\":1000002,\"ts_ns\":1000002003', 1000002",
        "'\"ts_us\":1000002,\"ts_ms\":1000', 1000002",
        "'\"ts_ms\":1000', 1000000"
    })
    void takesTheFinestStampThatThereIs(String stamps, long micros) throws IOException {
        try (JsonParser parser =
                new JsonFactory().createParser("{\"source\":{" + stamps + "},\"op\":\"d\"," + stamps + "}")) {
            parser.nextToken();

            Envelope envelope = Envelope.read(
                    parser,
                    Columns.of(new ObjectMapper().readTree("{\"fields\":[]}"), ColumnType.Vendor.POSTGRESQL)::row);

            assertThat(envelope.committed).isEqualTo(micros);
            assertThat(envelope.captured).isEqualTo(micros);
        }
    }

    @Test
    void givesRowsOfASnapshotNoCommitTimeAndNoPosition() {
        Captured row = captured(Recorded.of("types").getFirst());

        assertThat(row.isSnapshot()).isTrue();
        assertThat(row.stamps().committed()).isEqualTo(Stamps.UNKNOWN);
        assertThat(row.position()).isNull();
    }

    @Test
    void givesRowsOfAnIncrementalSnapshotThePlaceThatTheLogHadBeenReadTo() {
        Raw streamed = Recorded.of("types").getLast().raw();
        String value = new String(Objects.requireNonNull(streamed.value()), StandardCharsets.UTF_8)
                .replaceFirst("\"op\":\"[cu]\"", "\"op\":\"r\"")
                .replace("\"snapshot\":\"false\"", "\"snapshot\":\"incremental\"");
        Raw raw = new Raw(streamed.key(), value.getBytes(StandardCharsets.UTF_8), null, null, 0, 0);

        Captured row = ((Decoded.Of) decoder.decode(raw)).captured();

        assertThat(row.isSnapshot()).isTrue();
        assertThat(row.stamps().committed()).isEqualTo(Stamps.UNKNOWN);
        assertThat(row.position())
                .isNotNull()
                .isEqualTo(((Decoded.Of) decoder.decode(streamed)).captured().position());
    }

    @Test
    void readsAChangedKeyFromHeadersWithoutASchema() {
        List<Recorded.Found> toast = Recorded.of("toast");
        Key old = new Key(List.of("a", "b"), List.of(1, "x, \"q\""));
        Key now = new Key(List.of("a", "b"), List.of(2, "x, \"q\""));

        assertThat(captured(toast.get(2)).change()).isEqualTo(new Change.Delete(old, now));
        assertThat(decoder.decode(toast.get(3).raw())).isEqualTo(new Decoded.Nothing());
        assertThat(captured(toast.get(4)).change()).isInstanceOfSatisfying(Change.Put.class, put -> {
            assertThat(put.key()).isEqualTo(now);
            assertThat(put.movedFrom()).isEqualTo(old);
        });
    }

    @Test
    void readsEveryRecordThatDebeziumWrote() {
        assertThat(Recorded.all())
                .hasSizeGreaterThan(30)
                .allSatisfy(found -> assertThat(new EnvelopeDecoder().decode(found.raw()))
                        .isNotInstanceOf(Decoded.Unreadable.class));
    }

    @Test
    void takesATombstoneForNothing() {
        assertThat(decoder.decode(raw(utf8("{}"), null))).isEqualTo(new Decoded.Nothing());
    }

    @Test
    void tellsWhatItCannotReadWithoutTellingItsContents() {
        byte[] value = Recorded.of("types").getFirst().raw().value();
        byte[] key = Recorded.of("types").getFirst().raw().key();
        byte[] cut = java.util.Arrays.copyOf(java.util.Objects.requireNonNull(value), value.length - 400);

        assertThat(decoder.decode(raw(key, cut))).isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> {
            assertThat(unreadable.key()).isEqualTo("id=1");
            assertThat(unreadable.reason()).startsWith("malformed JSON at byte");
        });
        assertThat(decoder.decode(raw(key, utf8("secret"))))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).doesNotContain("secret"));
        assertThat(decoder.decode(raw(null, value)))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("no key"));
    }

    @Test
    void tellsKeysApartByTheirText() {
        Key one = new Key(List.of("a", "b"), List.of("x,b=y", "z"));
        Key other = new Key(List.of("a", "b"), List.of("x", "y,b=z"));

        assertThat(one.text()).isNotEqualTo(other.text());
        assertThat(new Key(List.of("n"), List.of(new java.math.BigDecimal("1.00"))))
                .isEqualTo(new Key(List.of("n"), List.of(new java.math.BigDecimal("1.0"))));
    }
}
