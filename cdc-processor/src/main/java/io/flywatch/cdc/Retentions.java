package io.flywatch.cdc;

import java.util.OptionalDouble;

/** How long Kafka keeps records. */
public interface Retentions {

    /** Seconds; infinite if for ever, empty if that is not known. */
    OptionalDouble secondsOf(String topic);
}
