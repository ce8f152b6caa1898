package io.flywatch.alerts.route;

import io.flywatch.events.alert.NoticeKind;
import java.util.List;

/** What is to be done about a report, and why. */
public sealed interface Decision {

    /** Why, as a word of a closed set. */
    Reason reason();

    /** Why, in a sentence for a person. */
    String explanation();

    /**
     * Tell somebody.
     *
     * @param receivers whom, by their configured names
     */
    record Tell(Reason reason, String explanation, NoticeKind kind, List<String> receivers) implements Decision {
        public Tell {
            receivers = List.copyOf(receivers);
        }
    }

    /** Tell nobody. */
    record Hold(Reason reason, String explanation) implements Decision {}
}
