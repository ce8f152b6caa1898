package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.UpdateOptions;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.Pipelines;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.jboss.logging.Logger;

/**
 * Writes the heartbeat of MongoDB sources, each second, as their connector can't: one document that travels the whole way. Several
 * replicas and pipelines write the same one, which does no harm.
 */
@Singleton
final class SourceBeats {
    private static final Logger LOG = Logger.getLogger(SourceBeats.class);

    private final Connections connections;
    private final Pipelines pipelines;
    private final MongoTargets servers;

    SourceBeats(Connections connections, Pipelines pipelines, MongoTargets servers) {
        this.connections = connections;
        this.pipelines = pipelines;
        this.servers = servers;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void beat() {
        pipelines.declared().forEach(this::beat);
    }

    private void beat(PipelineDeclared pipeline) {
        Connections.Connection source = connections.byName().get(pipeline.sourceConnection());
        String heartbeat = pipeline.heartbeatTable();
        if (heartbeat == null || source == null || !servers.takes(source.url())) {
            return;
        }
        try {
            beat(servers.server(pipeline.sourceConnection(), source), heartbeat);
        } catch (MongoException e) {
            LOG.debugf("heartbeat not written migrationId=%s reason=%s", pipeline.migrationId(), Reasons.of(e));
        }
    }

    /** The heartbeat's time is the server's. */
    static void beat(Server server, String collection) {
        int dot = collection.indexOf('.');
        server.database(collection.substring(0, dot))
                .getCollection(collection.substring(dot + 1))
                .updateOne(
                        new BsonDocument(Documents.ID, new BsonInt32(1)),
                        new BsonDocument("$currentDate", new BsonDocument("beat_at", BsonBoolean.TRUE))
                                .append("$inc", new BsonDocument("beat", new BsonInt64(1))),
                        new UpdateOptions().upsert(true));
    }
}
