package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.SourceLooker;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import jakarta.inject.Singleton;
import org.bson.BsonDocument;

/** Looks at MongoDB sources. */
@Singleton
final class MongoSourceLooker implements SourceLooker {
    private final MongoTargets servers;

    MongoSourceLooker(MongoTargets servers) {
        this.servers = servers;
    }

    @Override
    public boolean takes(String url) {
        return servers.takes(url);
    }

    @Override
    public SourceLook look(PipelineDeclared pipeline, Connections.Connection source) {
        try {
            Server server = servers.server(pipeline.sourceConnection(), source);
            return OplogLook.at(
                    (database, command) -> server.database(database).runCommand(command, BsonDocument.class));
        } catch (MongoException e) {
            throw new UnseenException(Reasons.of(e), e);
        }
    }
}
