package io.flywatch.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TidyMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    TidyMetersTest() {
        registry.config().meterFilter(new TidyMeters());
    }

    @Test
    void leavesOutWhatBreaksTheConventions() {
        registry.counter("kafka.producer.io.time.ns.total");
        registry.counter("process.cpu.time");
        registry.counter("kafka.producer.record.send.total");

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("kafka.producer.record.send.total");
    }

    @Test
    void describesAMeterByItsNameAndWritesNamesInSnakeCase() {
        Meter.Id id = registry.counter("mail.bytesRead", "clientName", "x").getId();

        assertThat(id.getName()).isEqualTo("mail.bytes_read");
        assertThat(id.getDescription()).isEqualTo("mail bytesRead");
        assertThat(id.getTag("client_name")).isEqualTo("x");
    }
}
