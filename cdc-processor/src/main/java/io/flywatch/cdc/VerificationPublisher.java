package io.flywatch.cdc;

import io.flywatch.events.verification.VerificationEvent;
import java.util.concurrent.CompletionStage;

/** Tells what verifications do and find. */
public interface VerificationPublisher {

    /** Completes once the event is kept. */
    CompletionStage<Void> publish(VerificationEvent event);
}
