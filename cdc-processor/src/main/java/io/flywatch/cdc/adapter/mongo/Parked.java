package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.position.PartitionId;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Parked keys as documents. */
final class Parked {

    private static final String KEY = "key";
    private static final String RUN = "runId";
    private static final String SINCE = "since";
    private static final String LETTERS = "letters";

    private Parked() {}

    static BsonDocument id(PartitionId id, String key) {
        return PositionDocuments.id(id).append(KEY, new BsonString(key));
    }

    static BsonDocument document(PartitionId id, String key, Parking parking, String runId, BsonDateTime now) {
        return new BsonDocument(Documents.ID, id(id, key))
                .append("pipeline", new BsonString(id.pipeline()))
                .append("topic", new BsonString(id.topic()))
                .append("partition", new BsonInt32(id.partition()))
                .append(KEY, new BsonString(key))
                .append(SINCE, new BsonInt64(parking.since()))
                .append(LETTERS, new BsonInt64(parking.letters()))
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

    static Parking parking(BsonDocument document) {
        return new Parking(
                document.getInt64(SINCE, new BsonInt64(0)).getValue(),
                document.getInt64(LETTERS, new BsonInt64(1)).getValue());
    }

    static String key(BsonDocument document) {
        return document.getString(KEY).getValue();
    }
}
