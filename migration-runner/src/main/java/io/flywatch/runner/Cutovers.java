package io.flywatch.runner;

import io.flywatch.runner.adapter.connect.PipelineWatch;
import io.flywatch.runner.adapter.kafka.LagView;
import io.flywatch.runner.adapter.kafka.VerificationView;
import io.flywatch.runner.adapter.orm.FenceStore;
import io.flywatch.runner.adapter.orm.ResnapshotStore;
import io.flywatch.runner.gate.CutoverFacts;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Gathers what a cutover is judged by. */
@Singleton
final class Cutovers {
    private final LagView lag;
    private final PipelineWatch watch;
    private final VerificationView verifications;
    private final ResnapshotStore resnapshots;
    private final FenceStore fences;

    Cutovers(
            LagView lag,
            PipelineWatch watch,
            VerificationView verifications,
            ResnapshotStore resnapshots,
            FenceStore fences) {
        this.lag = lag;
        this.watch = watch;
        this.verifications = verifications;
        this.resnapshots = resnapshots;
        this.fences = fences;
    }

    CutoverFacts facts(Run run, Instant now) {
        Optional<VerificationView.Last> last = verifications.of(run.migrationId(), run.id());
        return new CutoverFacts(
                lag.of(run.migrationId(), run.id(), now),
                lag.staleness(run.migrationId(), run.id()),
                watch.connector(run.migrationId()),
                last.map(VerificationView.Last::result),
                last.map(VerificationView.Last::outdated).orElse(null),
                resnapshots.of(run.id()),
                fences.of(run.id()));
    }
}
