package io.flywatch.events.anomaly;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What happens on {@link io.flywatch.events.Topics#ANOMALIES}: an episode opens, is updated, and closes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownAnomaly.class)
@JsonSubTypes({
    @Type(name = "anomaly.opened", value = AnomalyOpened.class),
    @Type(name = "anomaly.updated", value = AnomalyUpdated.class),
    @Type(name = "anomaly.closed", value = AnomalyClosed.class),
})
public sealed interface AnomalyEvent extends FlywatchEvent
        permits AnomalyOpened, AnomalyUpdated, AnomalyClosed, UnknownAnomaly {}
