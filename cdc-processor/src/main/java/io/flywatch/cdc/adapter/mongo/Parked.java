package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.position.PartitionId;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Parked keys as documents. */
final class Parked {

    private static final String KEY = "key";
    private static final String RUN = "runId";

    private Parked() {}

    static BsonDocument document(PartitionId id, String key, String runId, BsonDateTime now) {
        return new BsonDocument(Documents.ID, PositionDocuments.id(id).append(KEY, new BsonString(key)))
                .append("pipeline", new BsonString(id.pipeline()))
                .append("topic", new BsonString(id.topic()))
                .append("partition", new BsonInt32(id.partition()))
                .append(KEY, new BsonString(key))
                .append(RUN, new BsonString(runId))
                .append("at", now);
    }

    static BsonDocument ofPartition(PartitionId id) {
        return new BsonDocument("pipeline", new BsonString(id.pipeline()))
                .append("topic", new BsonString(id.topic()))
                .append("partition", new BsonInt32(id.partition()));
    }

    static boolean isOf(BsonDocument document, String runId) {
        return document.getString(RUN).getValue().equals(runId);
    }

    static String key(BsonDocument document) {
        return document.getString(KEY).getValue();
    }
}
