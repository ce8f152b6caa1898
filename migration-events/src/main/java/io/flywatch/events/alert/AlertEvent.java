package io.flywatch.events.alert;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What happens on {@link io.flywatch.events.Topics#ALERTS}, all through the dispatcher's outbox. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownAlert.class)
@JsonSubTypes({
    @Type(name = "alert.fired", value = AlertFired.class),
    @Type(name = "alert.resolved", value = AlertResolved.class),
    @Type(name = "alert.held", value = AlertHeld.class),
    @Type(name = "alert.silenced", value = AlertSilenced.class),
    @Type(name = "alert.acknowledged", value = AlertAcknowledged.class),
    @Type(name = "notice.delivered", value = NoticeDelivered.class),
    @Type(name = "notice.failed", value = NoticeFailed.class),
})
public sealed interface AlertEvent extends FlywatchEvent
        permits AlertFired,
                AlertResolved,
                AlertHeld,
                AlertSilenced,
                AlertAcknowledged,
                NoticeDelivered,
                NoticeFailed,
                UnknownAlert {

    /** The alert's identity: the same for each repetition of the same trouble. */
    String fingerprint();
}
