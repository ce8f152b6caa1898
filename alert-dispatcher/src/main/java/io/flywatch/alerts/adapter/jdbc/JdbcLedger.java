package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.flywatch.alerts.Ledger;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.route.Decision;
import io.flywatch.events.Topics;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.kit.outbox.OutboxRecord;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger in PostgreSQL. */
@Singleton
final class JdbcLedger implements Ledger {

    // Of one alert and receiver only the first that is not done may be sent: nobody hears of an end before the
    // beginning.
    private static final String CLAIM = """
            update dispatcher.notice set state = 'SENDING', attempts = attempts + 1, claimed_till = :till
            where id in (
              select n.id from dispatcher.notice n
              where n.receiver = :receiver
                and (n.state = 'QUEUED' and n.due_at <= :now or n.state = 'SENDING' and n.claimed_till < :now)
                and not exists (
                  select 1 from dispatcher.notice e
                  where e.fingerprint = n.fingerprint and e.receiver = n.receiver and e.id < n.id
                    and e.state in ('QUEUED', 'SENDING'))
              order by n.id limit :most for update skip locked)
            returning id
            """;

    private final EntityManager database;
    private final StoredJson stored;
    private final ObjectMapper json;
    private final Event<ExportedEvent<?, ?>> outbox;

    JdbcLedger(EntityManager database, StoredJson stored, ObjectMapper json, Event<ExportedEvent<?, ?>> outbox) {
        this.database = database;
        this.stored = stored;
        this.json = json;
        this.outbox = outbox;
    }

    @Override
    public Optional<Alert> alert(String fingerprint) {
        return Optional.ofNullable(database.find(AlertRow.class, fingerprint, LockModeType.PESSIMISTIC_WRITE))
                .map(row -> row.alert(stored));
    }

    @Override
    public boolean isDecided(Report report) {
        return database.createQuery(
                                "select count(d) from DecisionRow d where d.fingerprint = :fingerprint and d.reportKey = :key",
                                Long.class)
                        .setParameter("fingerprint", report.fingerprint())
                        .setParameter("key", report.key())
                        .getSingleResult()
                > 0;
    }

    @Override
    public List<String> told(String fingerprint) {
        return database.createQuery("""
                        select n.receiver from NoticeRow n
                        where n.fingerprint = :fingerprint and n.kind = :firing and n.id = (
                          select max(l.id) from NoticeRow l where l.fingerprint = n.fingerprint and l.receiver = n.receiver
                            and l.state not in (:never))
                        order by n.id
                        """, String.class)
                .setParameter("fingerprint", fingerprint)
                .setParameter("firing", NoticeKind.FIRING)
                .setParameter("never", List.of(NoticeState.REFUSED, NoticeState.DROPPED))
                .getResultList();
    }

    @Override
    public void keep(Alert alert) {
        AlertRow known = database.find(AlertRow.class, alert.fingerprint());
        AlertRow row = known == null ? new AlertRow() : known;
        row.take(alert, stored);
        if (known == null) {
            database.persist(row);
            database.flush();
        }
    }

    @Override
    public void keep(Report report, Decision decision, Instant now) {
        database.persist(DecisionRow.of(report, decision, now));
    }

    @Override
    public void queue(String receiver, Story story, Instant now) {
        database.persist(NoticeRow.queued(receiver, story, now, stored));
    }

    @Override
    public void tellWorld(AlertEvent event) {
        outbox.fire(OutboxRecord.of(Topics.ALERTS, event.fingerprint(), event, json));
    }

    @Override
    @SuppressWarnings("unchecked") // a native query that returns one bigint a row
    public List<Notice> claim(String receiver, int most, Instant now, Duration claimFor) {
        List<Long> ids = database.createNativeQuery(CLAIM, Long.class)
                .setParameter("receiver", receiver)
                .setParameter("now", now)
                .setParameter("till", now.plus(claimFor))
                .setParameter("most", most)
                .getResultList();
        if (ids.isEmpty()) {
            return List.of();
        }
        return database
                .createQuery("select n from NoticeRow n where n.id in :ids order by n.id", NoticeRow.class)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .map(row -> row.notice(stored))
                .toList();
    }

    @Override
    public boolean record(Notice notice, Outcome outcome, Instant now) {
        NoticeRow row = database.find(NoticeRow.class, notice.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.state != NoticeState.SENDING || row.attempts != notice.attempt()) {
            return false;
        }
        row.outcome = outcome.note();
        row.claimedTill = null;
        switch (outcome) {
            case Outcome.Done done -> finish(row, NoticeState.DELIVERED, now);
            case Outcome.Over over -> {
                finish(row, NoticeState.REFUSED, now);
                dropEnd(row, now);
            }
            case Outcome.Again again -> {
                row.state = NoticeState.QUEUED;
                row.dueAt = again.dueAt();
            }
        }
        return true;
    }

    private static void finish(NoticeRow row, NoticeState state, Instant now) {
        row.state = state;
        row.doneAt = now;
    }

    /** Who never heard of the beginning needs not hear of the end. */
    private void dropEnd(NoticeRow refused, Instant now) {
        List<NoticeRow> others = database.createQuery("""
                        select n from NoticeRow n
                        where n.fingerprint = :fingerprint and n.receiver = :receiver and n.state not in (:never)
                        order by n.id
                        """, NoticeRow.class)
                .setParameter("fingerprint", refused.fingerprint)
                .setParameter("receiver", refused.receiver)
                .setParameter("never", List.of(NoticeState.REFUSED, NoticeState.DROPPED))
                .getResultList();
        boolean heard = false;
        for (NoticeRow other : others) {
            if (other.kind == NoticeKind.RESOLVED && other.state == NoticeState.QUEUED && !heard) {
                other.outcome = "the receiver refused the notice of the beginning";
                finish(other, NoticeState.DROPPED, now);
            }
            heard = other.kind == NoticeKind.FIRING;
        }
    }

    @Override
    public Map<String, Long> queued() {
        Map<String, Long> queued = new HashMap<>();
        database.createQuery(
                        "select n.receiver, count(n) from NoticeRow n where n.state in (:open) group by n.receiver",
                        Tuple.class)
                .setParameter("open", List.of(NoticeState.QUEUED, NoticeState.SENDING))
                .getResultList()
                .forEach(row -> queued.put(row.get(0, String.class), row.get(1, Long.class)));
        return queued;
    }

    @Override
    public Map<AlertState, Long> states() {
        Map<AlertState, Long> states = new EnumMap<>(AlertState.class);
        database.createQuery("select a.state, count(a) from AlertRow a group by a.state", Tuple.class)
                .getResultList()
                .forEach(row -> states.put(row.get(0, AlertState.class), row.get(1, Long.class)));
        return states;
    }
}
