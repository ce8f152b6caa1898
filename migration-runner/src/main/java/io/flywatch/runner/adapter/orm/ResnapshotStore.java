package io.flywatch.runner.adapter.orm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.resnapshot.Resnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots that were asked for in runs. */
@ApplicationScoped
public class ResnapshotStore {
    private static final String COLUMNS =
            "select id, run_id, asked_at, asked_by, tables, conditions, rows_before, wish, outcome, ended_at, reason"
                    + " from {h-schema}resnapshot where ";

    private final EntityManager rows;
    private final ObjectMapper json;

    ResnapshotStore(EntityManager rows, ObjectMapper json) {
        this.rows = rows;
        this.json = json;
    }

    /** Keeps a new one; answers whether it did, which it does not while another one of its run is under way. */
    @Transactional
    public boolean keep(Resnapshot snapshot) {
        return rows.createNativeQuery(
                                "insert into {h-schema}resnapshot"
                                        + " (id, run_id, asked_at, asked_by, tables, conditions, rows_before, wish)"
                                        + " values (:id, :run, :at, :by, :tables, :conditions, :before, :wish) on conflict do nothing")
                        .setParameter("id", snapshot.id())
                        .setParameter("run", snapshot.runId())
                        .setParameter("at", snapshot.askedAt())
                        .setParameter("by", snapshot.askedBy())
                        .setParameter("tables", write(snapshot.tables()))
                        .setParameter("conditions", write(snapshot.conditions()))
                        .setParameter("before", write(snapshot.rowsBefore()))
                        .setParameter("wish", snapshot.wish().name())
                        .executeUpdate()
                == 1;
    }

    /** Keeps what is wanted of one that is under way; answers whether it is. */
    @Transactional
    public boolean wish(String id, Resnapshot.Wish wish) {
        return rows.createNativeQuery("update {h-schema}resnapshot set wish = :wish where id = :id and outcome is null")
                        .setParameter("wish", wish.name())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Keeps how one ended; the first end stays. */
    @Transactional
    public void end(String id, Resnapshot.End end) {
        rows.createNativeQuery("update {h-schema}resnapshot set outcome = :outcome, ended_at = :at, reason = :reason"
                        + " where id = :id and outcome is null")
                .setParameter("outcome", end.outcome().name())
                .setParameter("at", end.at())
                .setParameter("reason", end.reason())
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Those of a run, the newest first. */
    @Transactional
    public List<Resnapshot> of(String runId) {
        return read("run_id = :key order by asked_at desc", runId);
    }

    /** The one of a run that has not ended. */
    @Transactional
    public Optional<Resnapshot> underWay(String runId) {
        return read("run_id = :key and outcome is null", runId).stream().findFirst();
    }

    /** One of a run. */
    @Transactional
    public Optional<Resnapshot> find(String runId, String id) {
        return read("id = :key", id).stream()
                .filter(it -> it.runId().equals(runId))
                .findFirst();
    }

    private List<Resnapshot> read(String where, String key) {
        List<?> found =
                rows.createNativeQuery(COLUMNS + where).setParameter("key", key).getResultList();
        return found.stream().map(row -> resnapshot((Object[]) row)).toList();
    }

    private Resnapshot resnapshot(Object[] row) {
        Resnapshot.End end = row[8] == null
                ? null
                : new Resnapshot.End(
                        Resnapshot.Outcome.valueOf((String) row[8]), (Instant) row[9], String.valueOf(row[10]));
        return new Resnapshot(
                (String) row[0],
                (String) row[1],
                (Instant) row[2],
                (String) row[3],
                read((String) row[4], new TypeReference<List<String>>() {}),
                read((String) row[5], new TypeReference<Map<String, String>>() {}),
                read((String) row[6], new TypeReference<Map<String, Long>>() {}),
                Resnapshot.Wish.valueOf((String) row[7]),
                end);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of resnapshot is not understood", e);
        }
    }
}
