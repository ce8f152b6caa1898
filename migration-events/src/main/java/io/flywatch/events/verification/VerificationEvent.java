package io.flywatch.events.verification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/**
 * What happens on {@link io.flywatch.events.Topics#VERIFICATIONS}. The newest {@link VerificationFinished} of a pipeline is what a gate
 * asks for, unless a {@link VerificationOutdated} of it follows.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownVerification.class)
@JsonSubTypes({
    @Type(name = "verification.started", value = VerificationStarted.class),
    @Type(name = "verification.progress", value = VerificationProgress.class),
    @Type(name = "verification.finished", value = VerificationFinished.class),
    @Type(name = "verification.outdated", value = VerificationOutdated.class)
})
public sealed interface VerificationEvent extends FlywatchEvent
        permits VerificationStarted,
                VerificationProgress,
                VerificationFinished,
                VerificationOutdated,
                UnknownVerification {}
