package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.verify.Moment;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The time of a MongoDB source, and what makes sure of what was read of it. */
interface SourceLog extends AutoCloseable {

    /** What all reads belong to, one after the other; null where the server has no sessions. */
    @Nullable
    ClientSession session();

    /** Now: whatever was read before was committed before its place. */
    Moment now();

    /** Throws if what was just read of a collection may be what a primary saw that was one no longer; {@code id} is one of those asked for. */
    void confirm(MongoCollection<RawBsonDocument> collection, BsonValue id);

    @Override
    void close();
}
