package io.flywatch.runner.adapter.rest;

import io.flywatch.runner.Samples;
import io.flywatch.runner.adapter.kafka.VerificationView;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Finds runs and shows them with all that is known of them. */
@Singleton
final class RunViews {
    private final RunStore store;
    private final Samples samples;
    private final VerificationView verifications;

    RunViews(RunStore store, Samples samples, VerificationView verifications) {
        this.store = store;
        this.samples = samples;
        this.verifications = verifications;
    }

    /** That run of that migration, or 404. */
    Run find(String migrationId, String runId) {
        return store.find(migrationId, runId).orElseThrow(() -> Problems.noRun(migrationId, runId));
    }

    RunView view(Run run) {
        return RunView.of(
                run,
                samples.of(run.id()),
                store.earlierFailures(run.id()),
                store.rollbackOf(run.id()),
                verifications.of(run.migrationId(), run.id()).map(VerificationView.Last::result));
    }

    /** 202 with the place where the run can be followed. */
    Response accepted(Run run) {
        URI location = URI.create("/api/v1/migrations/" + run.migrationId() + "/runs/" + run.id());
        return Response.accepted(view(run)).location(location).build();
    }
}
