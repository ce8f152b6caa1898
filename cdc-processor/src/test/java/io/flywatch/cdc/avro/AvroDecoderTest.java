package io.flywatch.cdc.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.cdc.adapter.registry.TestedSchemas;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Raw;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that Debezium wrote, written once more by Apicurio's own converter. */
class AvroDecoderTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private WrittenByApicurio written;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RegistryStandIn registry;

    @SuppressWarnings("NullAway.Init") // set before each test
    private AvroDecoder decoder;

    @BeforeEach
    void start() throws IOException {
        written = WrittenByApicurio.read();
        registry = new RegistryStandIn(written.schemas());
        decoder = new AvroDecoder(new EnvelopeDecoder(), TestedSchemas.of(registry.url()));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void readsEveryRecordThatDebeziumWroteAsIfItHadBeenJson() {
        written.records().forEach((found, raw) -> {
            Decoded json = new EnvelopeDecoder().decode(found.raw());

            Decoded avro = decoder.decode(raw);

            assertThat(told(avro)).as(found.topic() + " " + found.offset()).isEqualTo(told(json));
        });
        assertThat(written.records()).hasSizeGreaterThan(30);
        assertThat(registry.asked())
                .as("each schema once")
                .isEqualTo(written.schemas().size());
    }

    @Test
    void waitsForARegistryThatIsAwayAndPutsAsideWhatNoRegistryKnows() {
        Raw record = written.last("types");
        registry.answerWith(503);

        assertThatThrownBy(() -> decoder.decode(record))
                .isInstanceOf(Catalogue.SourceAwayException.class)
                .hasMessageContaining("503");

        registry.answerWith(200);
        byte[] value = Objects.requireNonNull(record.value()).clone();
        value[8] = 99;
        Decoded unknown = decoder.decode(new Raw(record.key(), value, null, null, 0, 0));
        Decoded known = decoder.decode(record);

        assertThat(known).isInstanceOf(Decoded.Of.class);
        assertThat(unknown).isInstanceOfSatisfying(Decoded.Unreadable.class, it -> {
            assertThat(it.reason()).contains("no schema of the number 99");
            assertThat(it.key()).as("what follows of its key waits behind it").startsWith("id=");
        });
    }

    @Test
    void tellsWhatIsNotOfItsSchemaAndThatNoRegistryIsSet() {
        Raw record = written.last("types");
        byte[] cut = Arrays.copyOf(Objects.requireNonNull(record.value()), 40);

        assertThat(decoder.decode(new Raw(record.key(), cut, null, null, 0, 0)))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class, it -> assertThat(it.reason()).contains("ends before all"));
        assertThat(new AvroDecoder(new EnvelopeDecoder(), Schemas.NONE).decode(record))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class, it -> assertThat(it.reason()).contains("flywatch.cdc.registry.url"));
    }

    @Test
    void blamesNoRecordForAnAddressThatIsNone() {
        Raw record = written.last("types");

        for (String address : List.of("registry:8080", "http://a registry", "ftp://registry")) {
            assertThatThrownBy(() -> new AvroDecoder(new EnvelopeDecoder(), TestedSchemas.of(address)).decode(record))
                    .isInstanceOf(Catalogue.SourceAwayException.class)
                    .hasMessageContaining("flywatch.cdc.registry.url");
        }
    }

    /** JSON is longer than Avro, and that is all that may differ. */
    private static Object told(Decoded decoded) {
        return decoded instanceof Decoded.Of(var captured)
                ? List.of(
                        captured.change(),
                        captured.operation(),
                        String.valueOf(captured.position()),
                        captured.lastOfSnapshot(),
                        captured.stamps())
                : decoded;
    }
}
