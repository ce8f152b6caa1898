package io.flywatch.alerts.adapter.jdbc;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.AlertState;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is kept, for those who ask. */
@Singleton
@Transactional
public class AlertReader {

    private final EntityManager database;
    private final StoredJson stored;

    AlertReader(EntityManager database, StoredJson stored) {
        this.database = database;
        this.stored = stored;
    }

    /** Alerts, firing ones first, then the newest. */
    public List<Alert> alerts(@Nullable AlertState state, @Nullable String migration, int most) {
        return database
                .createQuery("""
                        select a from AlertRow a where (:state is null or a.state = :state)
                          and (:migration is null or a.migrationId = :migration)
                        order by a.state, a.updatedAt desc
                        """, AlertRow.class)
                .setParameter("state", state)
                .setParameter("migration", migration)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(row -> row.alert(stored))
                .toList();
    }

    /** One alert. */
    public Optional<Alert> alert(String fingerprint) {
        return Optional.ofNullable(database.find(AlertRow.class, fingerprint)).map(row -> row.alert(stored));
    }

    /** What was decided about an alert, the newest first. */
    public List<DecisionView> decisions(String fingerprint, int most) {
        return database
                .createQuery(
                        "select d from DecisionRow d where d.fingerprint = :fingerprint order by d.id desc",
                        DecisionRow.class)
                .setParameter("fingerprint", fingerprint)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(DecisionRow::view)
                .toList();
    }

    /** Notices, the newest first. */
    public List<NoticeView> notices(@Nullable String fingerprint, @Nullable String receiver, int most) {
        return database
                .createQuery("""
                        select n from NoticeRow n where (:fingerprint is null or n.fingerprint = :fingerprint)
                          and (:receiver is null or n.receiver = :receiver)
                        order by n.id desc
                        """, NoticeRow.class)
                .setParameter("fingerprint", fingerprint)
                .setParameter("receiver", receiver)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(row -> row.view(stored))
                .toList();
    }
}
