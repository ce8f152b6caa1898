package io.flywatch.runner.gate;

import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.StalenessLog;
import io.flywatch.runner.resnapshot.Resnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a replication beside that.
 *
 * @param pipeline what the processor says
 * @param staleness what it said lately
 * @param verification the last that has ended
 * @param outdated why that speaks no longer of what is there; null if it does
 * @param resnapshots what was asked for in the run, the newest first
 * @param fence the moment from which nobody is to write at the source
 */
public record CutoverFacts(
        Optional<PipelineView> pipeline,
        StalenessLog staleness,
        ConnectorSight connector,
        Optional<VerificationFinished> verification,
        @Nullable String outdated,
        List<Resnapshot> resnapshots,
        Optional<Fence> fence) {
    public CutoverFacts {
        resnapshots = List.copyOf(resnapshots);
    }
}
