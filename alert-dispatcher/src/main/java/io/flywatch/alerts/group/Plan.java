package io.flywatch.alerts.group;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.events.alert.NoticeKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a group.
 *
 * @param tellings what is told now
 * @param decisions one for each alert of the group
 * @param nextAt when to look again; null for when something changes
 * @param toldAt when anything of it was told last, other than an end
 * @param escalated how many steps of the escalation were taken
 * @param next the step after them; null if there is none
 */
public record Plan(
        List<Telling> tellings,
        List<Decision> decisions,
        @Nullable Instant nextAt,
        @Nullable Instant toldAt,
        int escalated,
        @Nullable Next next) {

    /** Who is told, and when, of what nobody acknowledges until then. */
    public record Next(Instant at, List<String> receivers) {
        public Next {
            receivers = List.copyOf(receivers);
        }
    }

    public Plan {
        tellings = List.copyOf(tellings);
        decisions = List.copyOf(decisions);
    }

    /**
     * A notice to one receiver.
     *
     * @param thread what all notices about the same trouble have in common
     * @param firing what fires, as far as the receiver is to know
     * @param ended what is over
     * @param news of the firing ones those that the receiver does not know yet, or knows as less severe
     */
    public record Telling(
            String receiver,
            String thread,
            NoticeKind kind,
            List<Alert> firing,
            List<Alert> ended,
            List<Alert> news,
            Reason reason,
            String explanation) {
        public Telling {
            firing = List.copyOf(firing);
            ended = List.copyOf(ended);
            news = List.copyOf(news);
        }

        /**
         * Since when there is something new to be told; null if it is only told again.
         *
         * @param heldBack the alerts of which nobody could be told until now; how long that lasted says nothing
         */
        public @Nullable Instant since(Set<String> heldBack) {
            boolean again = reason == Reason.REPEAT || reason == Reason.UNACKNOWLEDGED;
            Stream<Instant> begun = news.stream()
                    .filter(alert -> !again && !heldBack.contains(alert.fingerprint()))
                    .map(alert -> reason == Reason.WORSE ? alert.updatedAt() : alert.firedAt());
            Stream<Instant> over = ended.stream()
                    .filter(alert -> !heldBack.contains(alert.fingerprint()))
                    .flatMap(alert -> Stream.ofNullable(alert.resolvedAt()));
            return Stream.concat(begun, over).min(Instant::compareTo).orElse(null);
        }
    }
}
