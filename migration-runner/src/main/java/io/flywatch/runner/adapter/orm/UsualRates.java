package io.flywatch.runner.adapter.orm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What runs of a migration usually reach, in rows per second. */
@ApplicationScoped
public class UsualRates {
    private static final String LAST =
            "select usual_rate from {h-schema}run where migration_id = :migration and state = 'SUCCEEDED'"
                    + " and usual_rate is not null order by number desc limit 5";
    private static final String KEEP = "update {h-schema}run set usual_rate = :rate where id = :run";

    private final EntityManager rows;

    UsualRates(EntityManager rows) {
        this.rows = rows;
    }

    /** The median of the last five runs that succeeded and were long enough to have one. */
    @Transactional
    public Optional<Double> of(String migrationId) {
        List<?> found = rows.createNativeQuery(LAST)
                .setParameter("migration", migrationId)
                .getResultList();
        List<Double> rates =
                found.stream().map(it -> ((Number) it).doubleValue()).sorted().toList();
        return rates.isEmpty() ? Optional.empty() : Optional.of(rates.get(rates.size() / 2));
    }

    /** What this run usually reached. */
    @Transactional
    public void keep(String runId, double rate) {
        rows.createNativeQuery(KEEP)
                .setParameter("rate", rate)
                .setParameter("run", runId)
                .executeUpdate();
    }
}
