package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import java.util.Objects;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class SourceBeatsIT {
    @Test
    void writesOneDocumentThatChangesEachTime() {
        try (ReplicaSetStandIn set = ReplicaSetStandIn.start()) {
            Server server = new Server("source", MongoClients.create(set.uri()));

            SourceBeats.beat(server, "flywatch.heartbeat");
            SourceBeats.beat(server, "flywatch.heartbeat");

            var beats = server.database("flywatch").getCollection("heartbeat", BsonDocument.class);
            BsonDocument beat = Objects.requireNonNull(beats.find().first());
            assertThat(beats.countDocuments()).isEqualTo(1);
            assertThat(beat.getInt64("beat").getValue()).isEqualTo(2);
            assertThat(beat.isDateTime("beat_at")).isTrue();
            server.close();
        }
    }
}
