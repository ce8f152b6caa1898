package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.Moment;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * The log of a replica set or a sharded cluster. All reads belong to one causally consistent session: none sees an older state than
 * the one before, whatever server is the primary by then.
 */
final class ReplicatedLog implements SourceLog {
    private static final int SECONDS_TO_CONFIRM = 10;

    /** FailedToParse, InvalidOptions, CommandNotSupported, NotImplemented, and what a service that only looks like MongoDB says. */
    private static final Set<Integer> UNKNOWN = Set.of(9, 72, 115, 238, 303);

    private final Server server;
    private final ClientSession session;
    private final boolean router;
    private boolean confirms;

    private ReplicatedLog(Server server, boolean router) {
        this.server = server;
        this.router = router;
        this.confirms = !router;
        this.session = server.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build());
    }

    /** Throws {@link ImpossibleException} if the server has no log. */
    static ReplicatedLog of(Server server) {
        Document hello = server.hello();
        boolean router = hello != null && "isdbgrid".equals(hello.get("msg"));
        if (hello == null || !router && !hello.containsKey("setName")) {
            throw new ImpossibleException(
                    "the source is a MongoDB server alone, which has no log that changes could be followed in: name a replica set"
                            + " or a sharded cluster");
        }
        return new ReplicatedLog(server, router);
    }

    @Override
    public ClientSession session() {
        return session;
    }

    /** A majority's reads tell the newest operation that is on a majority, and {@code hello} the newest of all: not before what was read. */
    @Override
    public Moment now() {
        Document hello = server.database("admin").runCommand(session, new BsonDocument("hello", new BsonInt32(1)));
        BsonTimestamp place = session.getOperationTime();
        if (place == null) {
            throw new ImpossibleException("the source tells no operation time, so that its changes have no place");
        }
        Instant clock = hello.getDate("localTime").toInstant();
        return new Moment(clock, new LogPlace.ClusterTime(Integer.toUnsignedLong(place.getTime()), place.getInc()));
    }

    /**
     * A linearizable read is answered only once a majority has acknowledged that this server is the primary still. What only a former one
     * has seen would look like a row that stood still. A router asks several servers, of which this says nothing.
     */
    @Override
    public void confirm(MongoCollection<RawBsonDocument> collection, BsonValue id) {
        if (!confirms) {
            return;
        }
        try {
            collection
                    .withReadConcern(ReadConcern.LINEARIZABLE)
                    .find(new BsonDocument(Documents.ID, id))
                    .projection(new BsonDocument(Documents.ID, new BsonInt32(1)))
                    .maxTime(SECONDS_TO_CONFIRM, TimeUnit.SECONDS)
                    .first();
        } catch (MongoCommandException e) {
            if (!UNKNOWN.contains(e.getErrorCode())) {
                throw e;
            }
            confirms = false;
        }
    }

    /** Whether it asks a sharded cluster. */
    boolean isRouter() {
        return router;
    }

    @Override
    public void close() {
        session.close();
    }
}
