package io.flywatch.runner.adapter.orm;

import io.flywatch.runner.replication.Fence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fences of runs: a run has one at most, the last. */
@ApplicationScoped
public class FenceStore {
    private final EntityManager rows;

    FenceStore(EntityManager rows) {
        this.rows = rows;
    }

    /** Keeps a fence in place of an earlier one. */
    @Transactional
    public void keep(String runId, Fence fence) {
        rows.createNativeQuery("insert into {h-schema}fence (run_id, token, source_at, set_at, set_by)"
                        + " values (:run, :token, :source, :set, :by) on conflict (run_id) do update set"
                        + " token = excluded.token, source_at = excluded.source_at, set_at = excluded.set_at,"
                        + " set_by = excluded.set_by")
                .setParameter("run", runId)
                .setParameter("token", fence.token())
                .setParameter("source", fence.sourceAt())
                .setParameter("set", fence.setAt())
                .setParameter("by", fence.by())
                .executeUpdate();
    }

    /** Takes the fence of a run away, as its source is written to again. */
    @Transactional
    public void lift(String runId) {
        rows.createNativeQuery("delete from {h-schema}fence where run_id = :run")
                .setParameter("run", runId)
                .executeUpdate();
    }

    /** The fence of a run. */
    @Transactional
    public Optional<Fence> of(String runId) {
        List<?> found = rows.createNativeQuery(
                        "select token, source_at, set_at, set_by from {h-schema}fence where run_id = :run")
                .setParameter("run", runId)
                .getResultList();
        return found.stream().findFirst().map(row -> {
            Object[] columns = (Object[]) row;
            return new Fence((String) columns[0], (Instant) columns[1], (Instant) columns[2], (String) columns[3]);
        });
    }
}
