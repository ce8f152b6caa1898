package io.flywatch.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every event has. In JSON an event is an object whose {@code type} names the record; readers ignore properties they don't
 * know and read unknown types as the topic's {@code Unknown} record, so that an older reader survives a newer writer.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public interface FlywatchEvent {

    /** The migration that the event is about. */
    String migrationId();

    /** The run that the event is about, where there is one. */
    @Nullable
    String runId();

    /** When it happened, by the writer's clock. */
    Instant at();
}
