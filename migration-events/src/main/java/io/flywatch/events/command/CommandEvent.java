package io.flywatch.events.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What happens on {@link io.flywatch.events.Topics#COMMANDS}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownCommand.class)
@JsonSubTypes({
    @Type(name = "run.start", value = StartRun.class),
    @Type(name = "verification.start", value = StartVerification.class),
    @Type(name = "verification.cancel", value = CancelVerification.class)
})
public sealed interface CommandEvent extends FlywatchEvent
        permits StartRun, StartVerification, CancelVerification, UnknownCommand {}
