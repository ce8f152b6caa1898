package io.flywatch.cdc;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.verify.KeyFeed;
import io.flywatch.cdc.verify.RowKey;
import java.time.Instant;
import java.util.function.Function;

/** Tells which keys changed. */
public interface ChangedKeys {

    /** The keys of a topic's records from a moment on to where the topic ends when it is first asked. */
    interface Feed extends KeyFeed, AutoCloseable {
        @Override
        void close();
    }

    /**
     * Opens a feed.
     *
     * @param since by the records' time in Kafka
     * @param documents whether they are changes of a MongoDB source's documents
     * @param rowKey a key of the change stream as verifications know it
     */
    Feed open(String topic, Instant since, boolean documents, Function<Key, RowKey> rowKey);
}
