package io.flywatch.runner.change;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What a {@link JavaChange} works with. */
public interface ChangeContext {

    /** The migrated database; each write through it is on a majority. */
    MongoDatabase database();

    /** What the file gives the change under {@code with}; empty if nothing. */
    BsonDocument with();

    /** So many documents are to be changed; shown as the total. */
    void total(long documents);

    /** So many more documents are changed. */
    void changed(long documents);

    /** What it does now, for a person. */
    void does(String what);

    /**
     * To be called before each write: ends the change if somebody wants the run to end or if another runner has taken over. What it
     * throws is not to be caught.
     */
    void checkIn();

    /** What was kept last, by whatever runner; empty at the beginning. */
    Optional<BsonDocument> position();

    /**
     * Keeps how far it is.
     *
     * @param session of the transaction that it belongs to; null for none
     */
    void keep(BsonDocument position, @Nullable ClientSession session);

    /** Whether the server has transactions. */
    boolean hasTransactions();

    /**
     * Runs work in a transaction, and again from its beginning as often as the server asks for that. What it depends on, its position
     * above all, it reads inside.
     */
    <T> T inTransaction(Function<ClientSession, T> work);
}
