package io.flywatch.cdc;

import io.flywatch.cdc.Comparisons.Comparison;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.Verification;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.verification.VerificationOutdated;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells when the latest result no longer speaks of what is there, as a table's columns at the source have changed since. */
@Singleton
final class VerificationWatch {
    private static final Logger LOG = Logger.getLogger(VerificationWatch.class);

    private final Pipelines pipelines;
    private final Comparisons comparisons;
    private final Instance<VerificationPublisher> publisher;
    private final Clock clock = Clock.systemUTC();

    VerificationWatch(Pipelines pipelines, Comparisons comparisons, Instance<VerificationPublisher> publisher) {
        this.pipelines = pipelines;
        this.comparisons = comparisons;
        this.publisher = publisher;
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        for (Pipeline pipeline : pipelines.all()) {
            try {
                look(pipeline);
            } catch (AwayException | ImpossibleException | IllegalArgumentException e) {
                LOG.debugf("no look at the schema migrationId=%s reason=%s", pipeline.id(), e.getMessage());
            }
        }
    }

    private void look(Pipeline pipeline) {
        VerificationStore store = comparisons.store(pipeline.declared());
        Optional<VerificationStore.Kept> latest = store.list(pipeline.id(), 20).stream()
                .filter(kept -> hasResult(kept.verification().stage()))
                .findFirst();
        if (latest.isEmpty() || latest.get().outdated()) {
            return;
        }
        Verification verification = latest.get().verification();
        List<String> wanted =
                verification.tables().stream().map(TableState::source).toList();
        List<TableRoute> routes = pipeline.declared().tables().stream()
                .filter(route -> wanted.contains(route.source()))
                .toList();
        try (Comparison comparison = comparisons.open(pipeline.declared())) {
            boolean same = comparison.schema(routes).equals(verification.schema());
            if (!same && store.outdate(pipeline.id(), verification.id())) {
                publisher
                        .get()
                        .publish(new VerificationOutdated(
                                verification.migrationId(),
                                verification.runId(),
                                clock.instant(),
                                verification.id(),
                                "the columns of a table at the source have changed since: verify again"));
                LOG.infof("verification outdated migrationId=%s verification=%s", pipeline.id(), verification.id());
            }
        }
    }

    private static boolean hasResult(Stage stage) {
        return switch (stage) {
            case EQUAL, MISMATCHED, UNSETTLED -> true;
            case REQUESTED, RUNNING, PAUSED, FAILED, CANCELLED -> false;
        };
    }
}
