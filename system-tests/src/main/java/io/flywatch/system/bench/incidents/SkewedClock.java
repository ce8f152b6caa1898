package io.flywatch.system.bench.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** In the connector: moves the times of commits as a clock that goes wrong would have, by the seconds that a file says. */
public final class SkewedClock implements Transformation<SourceRecord> {
    private static final String FILE = "file";
    private static final long LOOK_EACH_NANOS = 200_000_000;

    private Path file = Path.of("");
    private long millis;
    private long lookedAt;

    @Override
    public SourceRecord apply(SourceRecord change) {
        look();
        if (millis != 0
                && change.value() instanceof Struct value
                && value.schema().field("source") != null
                && value.get("source") instanceof Struct source) {
            move(source, "ts_ms", millis);
            move(source, "ts_us", millis * 1_000);
            move(source, "ts_ns", millis * 1_000_000);
        }
        return change;
    }

    private static void move(Struct source, String field, long by) {
        if (source.schema().field(field) != null && source.get(field) instanceof Long at) {
            source.put(field, at + by);
        }
    }

    private void look() {
        if (System.nanoTime() - lookedAt > LOOK_EACH_NANOS) {
            lookedAt = System.nanoTime();
            try {
                millis = Math.round(Double.parseDouble(Files.readString(file).strip()) * 1e3);
            } catch (IOException | NumberFormatException notNow) {
                // It is being written.
            }
        }
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(FILE, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "holds the seconds by which to move");
    }

    @Override
    public void configure(Map<String, ?> settings) {
        file = Path.of(String.valueOf(settings.get(FILE)));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
