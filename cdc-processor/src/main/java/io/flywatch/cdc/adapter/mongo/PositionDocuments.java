package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.time.Instant;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Positions as documents. */
final class PositionDocuments {

    static final String EPOCH = "epoch";
    static final String OFFSET = "offset";
    static final String PAGES_EMPTIED = "pagesEmptied";

    private PositionDocuments() {}

    static BsonDocument id(PartitionId id) {
        return new BsonDocument("pipeline", new BsonString(id.pipeline()))
                .append("topic", new BsonString(id.topic()))
                .append("partition", new BsonInt32(id.partition()));
    }

    static BsonDocument byId(PartitionId id) {
        return new BsonDocument(Documents.ID, id(id));
    }

    /** Finds the position only while it is where we left it and nobody else has taken the partition. */
    static BsonDocument guarded(PartitionId id, long epoch, long offset) {
        return byId(id).append(EPOCH, new BsonInt64(epoch)).append(OFFSET, new BsonInt64(offset));
    }

    static BsonDocument guarded(PartitionId id, long epoch) {
        return byId(id).append(EPOCH, new BsonInt64(epoch));
    }

    static BsonDocument set(Position position, Instant now) {
        Counts counts = position.counts();
        SourcePosition source = position.source();
        Long sourceTime = position.sourceTime();
        BsonDocument fields = new BsonDocument(OFFSET, new BsonInt64(position.offset()))
                .append("runId", new BsonString(position.runId()))
                .append("topicId", new BsonString(position.topicId()))
                .append("source", source == null ? BsonNull.VALUE : new BsonString(source.text()))
                .append(
                        "sourceTs",
                        sourceTime == null ? BsonNull.VALUE : new BsonDateTime(Math.floorDiv(sourceTime, 1_000)))
                .append("sourceMicros", sourceTime == null ? BsonNull.VALUE : new BsonInt64(sourceTime))
                .append("streaming", BsonBoolean.valueOf(position.streaming()))
                .append("snapshotRows", new BsonInt64(counts.snapshotRows()))
                .append("streamedRows", new BsonInt64(counts.streamedRows()))
                .append("errors", new BsonInt64(counts.errors()))
                .append("deadLetters", new BsonInt64(counts.deadLetters()))
                .append("stale", new BsonInt64(counts.stale()))
                .append("updatedAt", new BsonDateTime(now.toEpochMilli()));
        return new BsonDocument("$set", fields);
    }

    /** Null if the partition was taken but never begun. */
    static @Nullable Position read(BsonDocument document) {
        if (!document.containsKey(OFFSET)) {
            return null;
        }
        BsonValue source = document.get("source", BsonNull.VALUE);
        BsonValue sourceTime = document.get("sourceMicros", BsonNull.VALUE);
        return new Position(
                number(document, OFFSET),
                document.getString("runId").getValue(),
                document.getString("topicId").getValue(),
                source.isString()
                        ? SourcePosition.parse(source.asString().getValue()).orElse(null)
                        : null,
                sourceTime.isNumber() ? sourceTime.asNumber().longValue() : null,
                document.getBoolean("streaming", BsonBoolean.FALSE).getValue(),
                new Counts(
                        number(document, "snapshotRows"),
                        number(document, "streamedRows"),
                        number(document, "errors"),
                        number(document, "deadLetters"),
                        number(document, "stale")));
    }

    static long number(BsonDocument document, String field) {
        return document.getNumber(field, new BsonInt64(0)).longValue();
    }
}
