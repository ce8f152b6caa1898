package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.SourceLooks;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.jboss.logging.Logger;

/** Looks at the MongoDB sources of all pipelines, each in its turn. */
@Singleton
final class MongoSourceLooks implements SourceLooks {
    private static final Logger LOG = Logger.getLogger(MongoSourceLooks.class);

    private final Connections connections;
    private final Pipelines pipelines;
    private final MongoTargets servers;
    private final Map<String, SourceLook> looks = new ConcurrentHashMap<>();

    MongoSourceLooks(Connections connections, Pipelines pipelines, MongoTargets servers) {
        this.connections = connections;
        this.pipelines = pipelines;
        this.servers = servers;
    }

    @Override
    public SourceLook of(String pipeline) {
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
        if (source == null || !servers.takes(source.url())) {
            return;
        }
        try {
            Server server = servers.server(pipeline.sourceConnection(), source);
            looks.put(
                    pipeline.migrationId(),
                    OplogLook.at(
                            (database, command) -> server.database(database).runCommand(command, BsonDocument.class)));
        } catch (MongoException e) {
            looks.remove(pipeline.migrationId());
            LOG.debugf("source not seen migrationId=%s reason=%s", pipeline.migrationId(), Reasons.of(e));
        }
    }
}
