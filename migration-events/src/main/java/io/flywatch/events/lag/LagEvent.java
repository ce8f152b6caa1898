package io.flywatch.events.lag;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What happens on {@link io.flywatch.events.Topics#LAG}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownLag.class)
@JsonSubTypes(@Type(name = "lag.sample", value = LagSample.class))
public sealed interface LagEvent extends FlywatchEvent permits LagSample, UnknownLag {}
