package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.GroupTable;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.alert.Acknowledgement;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.group.Told;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import io.flywatch.alerts.silence.Silence;
import io.flywatch.events.alert.NoticeKind;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people do: acknowledge, and silence. */
@Singleton
public final class Hands {

    private final Desk desk;
    private final Situation situation;

    Hands(Desk desk, Situation situation) {
        this.desk = desk;
        this.situation = situation;
    }

    /** Somebody is on an alert until it is over; those who were told hear so. Empty if it is not known or does not fire. */
    public Optional<Alert> acknowledge(String fingerprint, String by, String comment) {
        return desk.settle(round -> AlertTable.lock(round.sql(), List.of(fingerprint)).get().stream()
                .filter(Alert::fires)
                .findFirst()
                .map(alert -> {
                    Acknowledgement taken =
                            new Acknowledgement(by, comment, round.terms().now());
                    Alert after = alert.acknowledged(taken);
                    round.fact(Lifecycle.acknowledged(after, taken, false, taken.at()));
                    tellThatItIsTaken(round, after, taken);
                    round.change(List.of(after));
                    return after;
                }));
    }

    private static void tellThatItIsTaken(Round round, Alert alert, Acknowledgement taken) {
        String note = "acknowledged by " + taken.by() + (taken.comment().isEmpty() ? "" : ": " + taken.comment());
        for (Told mark : AlertTable.told(round.sql(), List.of(alert.fingerprint()))
                .get()
                .getOrDefault(alert.fingerprint(), List.of())) {
            if (mark.believes()) {
                Story story = new Story(
                        NoticeKind.ACKNOWLEDGED,
                        mark.thread(),
                        alert.labels().values(),
                        List.of(StoryAlert.of(alert)),
                        1,
                        0,
                        taken.at(),
                        note,
                        false);
                round.letter(
                        Letter.of(mark.receiver(), story, round.terms().direct().test(mark.receiver())));
            }
        }
    }

    /** Nobody is on an alert any more. Empty if it is not known or nobody was. */
    public Optional<Alert> withdraw(String fingerprint) {
        return desk.settle(round -> AlertTable.lock(round.sql(), List.of(fingerprint)).get().stream()
                .filter(alert -> alert.acknowledged() != null)
                .findFirst()
                .map(alert -> {
                    Alert after = alert.acknowledged(null);
                    Acknowledgement before = alert.acknowledged();
                    if (before != null) {
                        round.fact(Lifecycle.acknowledged(
                                after, before, true, round.terms().now()));
                    }
                    round.change(List.of(after));
                    return after;
                }));
    }

    /** Makes or changes a silence; what it covered before and covers no more is looked at again. */
    public Silence silence(Silence silence) {
        desk.settle(round -> {
            SilenceTable.keep(round.sql(), silence);
            GroupTable.wake(round.sql(), round.terms().now(), Reason.SILENCED.name());
            return true;
        });
        situation.forget();
        return silence;
    }

    /** Ends a silence now. Empty if there is none of that id, or it has ended. */
    public Optional<Silence> expire(String id) {
        Optional<Silence> ended = desk.settle(round -> {
            Instant now = round.terms().now();
            return SilenceTable.lock(round.sql(), id)
                    .filter(silence -> silence.state(now) != Silence.State.EXPIRED)
                    .map(silence -> {
                        Silence after = new Silence(
                                silence.id(),
                                silence.matchers(),
                                silence.startsAt().isAfter(now) ? now : silence.startsAt(),
                                now,
                                silence.createdBy(),
                                silence.comment(),
                                silence.noticedAt());
                        SilenceTable.keep(round.sql(), after);
                        GroupTable.wake(round.sql(), now, Reason.SILENCED.name());
                        return after;
                    });
        });
        situation.forget();
        return ended;
    }
}
