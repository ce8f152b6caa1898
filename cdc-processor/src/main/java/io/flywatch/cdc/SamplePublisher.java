package io.flywatch.cdc;

import io.flywatch.events.lag.LagSample;

/** Where samples go; one that can't be sent now is dropped, as the next replaces it. */
public interface SamplePublisher {

    /** Sends a sample. */
    void publish(LagSample sample);
}
