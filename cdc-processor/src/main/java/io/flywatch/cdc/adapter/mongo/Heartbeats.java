package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.order.Write;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;

/** The newest heartbeat of each pipeline, to be seen at the target: {@code flywatch_heartbeat}. */
final class Heartbeats {

    static final String COLLECTION = "flywatch_heartbeat";

    private Heartbeats() {}

    static void write(Session session, Batch batch, Instant now) {
        BsonString pipeline = new BsonString(batch.id().pipeline());
        for (Write write : batch.folded().writes()) {
            switch (write) {
                case Write.Replace beat -> write(session, pipeline, beat.row(), batch, now);
                case Write.Patch beat -> write(session, pipeline, beat.row(), batch, now);
                case Write.Move beat -> write(session, pipeline, beat.row(), batch, now);
                case Write.Delete gone -> {}
            }
        }
    }

    private static void write(Session session, BsonString pipeline, Row beat, Batch batch, Instant now) {
        Long committed = batch.after().sourceTime();
        BsonDocument document = new BsonDocument(Documents.ID, pipeline);
        document.putAll(Documents.fields(beat));
        document.append(
                        "committedAt",
                        committed == null ? BsonNull.VALUE : new BsonDateTime(Math.floorDiv(committed, 1_000)))
                .append("seenAt", new BsonDateTime(now.toEpochMilli()));
        session.write(
                session.collection(COLLECTION),
                List.of(new ReplaceOneModel<>(
                        new BsonDocument(Documents.ID, pipeline), document, new ReplaceOptions().upsert(true))));
    }
}
