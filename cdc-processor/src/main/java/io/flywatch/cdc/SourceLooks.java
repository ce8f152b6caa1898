package io.flywatch.cdc;

import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What pipelines' sources tell of themselves: all are looked at again and again, each in its turn. */
@Singleton
final class SourceLooks {
    private static final Logger LOG = Logger.getLogger(SourceLooks.class);

    private final Connections connections;
    private final Pipelines pipelines;
    private final List<SourceLooker> lookers;
    private final Map<String, SourceLook> looks = new ConcurrentHashMap<>();

    SourceLooks(Connections connections, Pipelines pipelines, @All List<SourceLooker> lookers) {
        this.connections = connections;
        this.pipelines = pipelines;
        this.lookers = List.copyOf(lookers);
    }

    /** The latest look at a pipeline's source; {@link SourceLook#NONE} if it has not been looked at, or does not answer. */
    SourceLook of(String pipeline) {
        return looks.getOrDefault(pipeline, SourceLook.NONE);
    }

    @Scheduled(every = "{flywatch.cdc.source-check:10s}", concurrentExecution = ConcurrentExecution.SKIP)
    void check() {
        List<PipelineDeclared> declared = pipelines.declared();
        looks.keySet()
                .retainAll(declared.stream().map(PipelineDeclared::migrationId).collect(Collectors.toSet()));
        declared.forEach(this::check);
    }

    private void check(PipelineDeclared pipeline) {
        Connections.Connection source = connections.byName().get(pipeline.sourceConnection());
        if (source != null) {
            lookers.stream()
                    .filter(looker -> looker.takes(source.url()))
                    .findFirst()
                    .ifPresent(looker -> look(looker, pipeline, source));
        }
    }

    private void look(SourceLooker looker, PipelineDeclared pipeline, Connections.Connection source) {
        try {
            looks.put(pipeline.migrationId(), looker.look(pipeline, source));
        } catch (SourceLooker.UnseenException e) {
            looks.remove(pipeline.migrationId());
            LOG.debugf("source not seen migrationId=%s reason=%s", pipeline.migrationId(), e.getMessage());
        }
    }
}
