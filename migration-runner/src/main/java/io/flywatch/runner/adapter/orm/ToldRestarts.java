package io.flywatch.runner.adapter.orm;

import io.flywatch.events.progress.ConnectorRestarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Tells of connectors that were restarted. */
@ApplicationScoped
public class ToldRestarts {
    private final Facts facts;

    ToldRestarts(Facts facts) {
        this.facts = facts;
    }

    /** The fact goes out with the transaction. */
    @Transactional
    public void restarted(String migrationId, String runId, int attempt, String reason, Instant at) {
        facts.tell(new ConnectorRestarted(migrationId, runId, at, attempt, reason));
    }
}
