package io.flywatch.runner.adapter.orm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.external.Reception;
import io.flywatch.runner.external.Report;
import io.flywatch.runner.external.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tools told of their runs. It outlives the runner, and any runner takes it. */
@ApplicationScoped
public class ExternalReports {
    private static final String READ = "select tally, reported_at, outcome, message,"
            + " extract(epoch from clock_timestamp() - reported_at) from {h-schema}external_report where run_id = :run";
    private static final String TAKE = "insert into {h-schema}external_report (run_id, tally, reports, reported_at)"
            + " values (:run, :tally, 1, clock_timestamp()) on conflict (run_id) do update"
            + " set tally = excluded.tally, reports = external_report.reports + 1, reported_at = excluded.reported_at";
    private static final String END = "insert into {h-schema}external_report (run_id, tally, reports, outcome, message)"
            + " values (:run, :tally, 0, :outcome, :message) on conflict (run_id) do update"
            + " set outcome = excluded.outcome, message = excluded.message";
    private static final String FORGET = "delete from {h-schema}external_report where run_id = :run";

    private final EntityManager rows;
    private final ObjectMapper json;

    ExternalReports(EntityManager rows, ObjectMapper json) {
        this.rows = rows;
        this.json = json;
    }

    /** How a tool says that it ended. */
    public enum End {
        SUCCEEDED,
        FAILED
    }

    /**
     * What was told of a run.
     *
     * @param silentFor since the last report, by the database's clock; null if there was none
     * @param end how the tool said that it ended; null if it did not
     * @param message what it said then
     */
    public record Told(
            Tally tally,
            @Nullable Duration silentFor,
            @Nullable End end,
            @Nullable String message) {

        /** Nothing was told. */
        static final Told NOTHING = new Told(Tally.NOTHING, null, null, null);
    }

    /** What becomes of a report or of the message of an end; empty if the run has ended. */
    @Transactional
    public Optional<Reception> report(String runId, Report report) {
        if (!isActive(runId) || told(runId).end() != null) {
            return Optional.empty();
        }
        Reception reception = told(runId).tally().receive(report);
        if (reception instanceof Reception.Taken taken) {
            rows.createNativeQuery(TAKE)
                    .setParameter("run", runId)
                    .setParameter("tally", write(taken.tally()))
                    .executeUpdate();
        }
        return Optional.of(reception);
    }

    /** The tool has ended so; false if the run had ended, or the tool had said otherwise before. */
    @Transactional
    public boolean end(String runId, End end, String message) {
        if (!isActive(runId)) {
            return false;
        }
        End before = told(runId).end();
        if (before != null) {
            return before == end;
        }
        rows.createNativeQuery(END)
                .setParameter("run", runId)
                .setParameter("tally", write(Tally.NOTHING))
                .setParameter("outcome", end.name())
                .setParameter("message", message)
                .executeUpdate();
        return true;
    }

    /** A run that is retried begins with nothing. */
    @Transactional
    public void forget(String runId) {
        rows.createNativeQuery(FORGET).setParameter("run", runId).executeUpdate();
    }

    /** What was told of a run. */
    @Transactional
    public Told told(String runId) {
        List<?> found = rows.createNativeQuery(READ).setParameter("run", runId).getResultList();
        if (found.isEmpty()) {
            return Told.NOTHING;
        }
        Object[] row = (Object[]) found.getFirst();
        return new Told(
                read((String) row[0]),
                row[4] instanceof Number seconds
                        ? Duration.ofMillis(Math.max(0, Math.round(seconds.doubleValue() * 1e3)))
                        : null,
                row[2] instanceof String end ? End.valueOf(end) : null,
                (String) row[3]);
    }

    private boolean isActive(String runId) {
        RunEntity row = rows.find(RunEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
        return row != null && !row.state.isFinal();
    }

    private String write(Tally tally) {
        try {
            return json.writeValueAsString(tally);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tally can be written", e);
        }
    }

    private Tally read(String text) {
        try {
            return json.readValue(text, Tally.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tally of an earlier version can be read", e);
        }
    }
}
