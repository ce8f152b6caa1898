package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.adapter.jdbc.NoticeTable;
import io.flywatch.alerts.adapter.jdbc.Replicas;
import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.adapter.jdbc.StormTable;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import io.flywatch.alerts.notice.Text;
import io.flywatch.alerts.policy.Policy.Heartbeat;
import io.flywatch.alerts.route.Route;
import io.flywatch.alerts.silence.Silence;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** What has to be decided because time passes, or because the policy changed. */
@Singleton
final class Chores {
    private static final Logger LOG = Logger.getLogger(Chores.class);
    private static final int AT_ONCE = 500;

    private final Desk desk;
    private final Policies policies;
    private final Situation situation;
    private final Receivers receivers;

    Chores(Desk desk, Policies policies, Situation situation, Receivers receivers) {
        this.desk = desk;
        this.policies = policies;
        this.situation = situation;
        this.receivers = receivers;
    }

    /** Alerts that nothing was heard of for too long are over. */
    void expire() {
        int expired;
        do {
            expired = desk.settle(round -> {
                Instant now = round.terms().now();
                List<Report> ends = AlertTable.expired(round.sql(), now, AT_ONCE).stream()
                        .map(alert -> end(alert, now))
                        .toList();
                round.take(ends);
                return ends.size();
            });
        } while (expired == AT_ONCE);
    }

    private static Report end(Alert alert, Instant now) {
        return new Report(
                alert.labels(),
                Map.of(),
                alert.source(),
                alert.severity(),
                alert.episode(),
                alert.startsAt(),
                now,
                null,
                "it was not heard of again until " + alert.expiresAt(),
                null,
                alert.runId(),
                alert.generator());
    }

    /** Brings all alerts that matter to the groups of the policy that holds now. */
    void reroute() {
        String after = "";
        int total = 0;
        while (true) {
            String from = after;
            List<Alert> some = desk.settle(round -> {
                List<String> next = AlertTable.open(round.sql(), from, AT_ONCE).stream()
                        .map(Alert::fingerprint)
                        .toList();
                List<Alert> locked = AlertTable.lock(round.sql(), next).get();
                round.change(locked);
                return locked;
            });
            total += some.size();
            if (some.size() < AT_ONCE) {
                break;
            }
            after = some.getLast().fingerprint();
        }
        Set<String> names = policies.current().receivers().keySet();
        int abandoned = desk.settle(
                round -> NoticeTable.abandon(round.sql(), names, round.terms().now()));
        LOG.infof("alerts routed by the policy that holds alerts=%d noticesToNobody=%d", total, abandoned);
    }

    /** What was too much for a receiver is summed up for it, each minute, until it calms down. */
    void storms() {
        desk.settle(round -> {
            Instant now = round.terms().now();
            for (StormTable.Row row : StormTable.over(round.sql(), now)) {
                boolean storm = row.held() > 0;
                if (receivers.find(row.receiver()).isPresent()) {
                    round.letter(new Letter(row.receiver(), storm(row, storm, now), List.of(), null, false));
                }
                StormTable.told(round.sql(), row.receiver(), storm);
            }
            return true;
        });
    }

    private static Story storm(StormTable.Row row, boolean storm, Instant now) {
        String summary = storm
                ? row.held() + " more groups of alerts began and are not told one by one, among them " + row.examples()
                : "no more groups of alerts begin than are told one by one";
        return ownStory(
                storm ? NoticeKind.FIRING : NoticeKind.RESOLVED,
                "alert_storm",
                Map.of("receiver", row.receiver()),
                Severity.CRITICAL,
                summary,
                storm
                        ? "more groups began within a minute than the policy's storm.groups_per_minute"
                        : "the storm is over",
                row.minute(),
                storm ? null : now,
                now);
    }

    /** Who is kept quiet by a silence that ends soon hears so, if anything still fires. */
    void silences() {
        Duration before = policies.current().silenceNotice();
        if (before.isZero()) {
            return;
        }
        desk.settle(round -> {
            Instant now = round.terms().now();
            for (Silence silence : SilenceTable.open(round.sql(), now)) {
                boolean soon = silence.state(now) == Silence.State.ACTIVE
                        && silence.noticedAt() == null
                        && silence.endsAt().minus(before).isBefore(now)
                        && silence.startsAt().isBefore(silence.endsAt().minus(before));
                if (soon
                        && SilenceTable.lock(round.sql(), silence.id())
                                .filter(it -> it.noticedAt() == null)
                                .isPresent()) {
                    endsSoon(round, silence, now);
                }
            }
            return true;
        });
    }

    private void endsSoon(Round round, Silence silence, Instant now) {
        List<Alert> covered =
                AlertTable.list(round.sql(), io.flywatch.alerts.alert.AlertState.FIRING, null, 1000).stream()
                        .filter(alert -> silence.covers(alert.facts(), now))
                        .toList();
        Set<String> told = new LinkedHashSet<>();
        covered.forEach(alert ->
                policies.current().routes(alert).stream().map(Route::receivers).forEach(told::addAll));
        told.removeIf(name -> receivers.find(name).isEmpty());
        String note =
                "the silence by " + silence.createdBy() + " ends at " + silence.endsAt() + ": " + silence.comment();
        if (!covered.isEmpty()) {
            Story story = new Story(
                    NoticeKind.INFORMATION,
                    Labels.of(Map.of("silence", silence.id())).fingerprint(),
                    new TreeMap<>(Map.of("silence", silence.id())),
                    covered.stream().limit(Story.MOST).map(StoryAlert::of).toList(),
                    covered.size(),
                    0,
                    now,
                    note,
                    false);
            told.forEach(receiver -> round.letter(Letter.of(receiver, story, false)));
        }
        SilenceTable.keep(
                round.sql(),
                new Silence(
                        silence.id(),
                        silence.matchers(),
                        silence.startsAt(),
                        silence.endsAt(),
                        silence.createdBy(),
                        silence.comment(),
                        now));
        situation.forget();
    }

    /**
     * A sign of life, by which its receiver knows that alerts would come through; one of all replicas. One that still waits is
     * pointless as soon as the next is due.
     */
    void heartbeat() {
        Heartbeat heartbeat = policies.current().heartbeat();
        if (heartbeat == null || receivers.find(heartbeat.receiver()).isEmpty()) {
            return;
        }
        desk.settle(round -> {
            Instant now = round.terms().now();
            String receiver = heartbeat.receiver();
            if (Replicas.heartbeat(round.sql(), receiver, heartbeat.every(), now)) {
                Story story = ownStory(
                        NoticeKind.INFORMATION,
                        "heartbeat",
                        Map.of("receiver", receiver),
                        Severity.INFO,
                        "the alert-dispatcher is alive and reaches its database",
                        "every " + Text.words(heartbeat.every()),
                        now,
                        null,
                        now);
                NoticeTable.overtake(round.sql(), receiver, story.thread(), now);
                round.letter(Letter.of(receiver, story, round.terms().direct().test(receiver)));
            }
            return true;
        });
    }

    private static Story ownStory(
            NoticeKind kind,
            String name,
            Map<String, String> labels,
            Severity severity,
            String summary,
            String note,
            Instant since,
            @org.jspecify.annotations.Nullable Instant ended,
            Instant now) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(Labels.NAME, name);
        Labels own = Labels.of(all);
        StoryAlert alert = new StoryAlert(
                own.fingerprint(),
                name,
                "",
                null,
                own.values(),
                severity,
                since,
                ended,
                "own",
                summary,
                null,
                null,
                null,
                Map.of());
        return new Story(
                kind,
                own.fingerprint(),
                own.values(),
                List.of(alert),
                ended == null ? 1 : 0,
                ended == null ? 0 : 1,
                now,
                note,
                false);
    }
}
