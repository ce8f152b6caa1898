package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.flywatch.cdc.apply.Guarantee;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A MongoDB server, whose abilities are asked for and never assumed. */
final class Server implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Server.class);
    private static final int COMMAND_NOT_FOUND = 59;
    /** IllegalOperation, InvalidOptions, CommandNotFound, CommandNotSupported, OperationNotSupportedInTransaction. */
    private static final Set<Integer> NO_TRANSACTIONS = Set.of(20, 72, COMMAND_NOT_FOUND, 115, 263, 303);

    private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    private final String name;
    private final MongoClient client;
    private volatile Guarantee guarantee = Guarantee.UNKNOWN;

    Server(String name, MongoClient client) {
        this.name = name;
        this.client = client;
    }

    MongoDatabase database(String database) {
        return client.getDatabase(database);
    }

    ClientSession startSession() {
        return client.startSession();
    }

    ClientSession startSession(ClientSessionOptions options) {
        return client.startSession(options);
    }

    Guarantee guarantee() {
        return guarantee;
    }

    boolean transactional() {
        return guarantee == Guarantee.EXACTLY_ONCE;
    }

    int documentLimit() {
        return LARGEST_DOCUMENT;
    }

    /** Asks the server what it can do, unless it has been asked. */
    void detect(String database) {
        if (guarantee == Guarantee.UNKNOWN) {
            guarantee = canTransact(hello()) && transacts(database) ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE;
            LOG.infof("target found target=%s guarantee=%s", name, guarantee.text());
        }
    }

    /** Not everything that looks like a replica set has transactions: it is tried. What is no refusal is thrown. */
    private boolean transacts(String database) {
        try (ClientSession session = client.startSession()) {
            session.startTransaction(Transaction.OPTIONS);
            client.getDatabase(database)
                    .getCollection(MongoTarget.POSITIONS)
                    .find(session)
                    .first();
            session.commitTransaction();
            return true;
        } catch (MongoCommandException e) {
            if (NO_TRANSACTIONS.contains(e.getErrorCode())) {
                LOG.warnf("target has no transactions target=%s reason=%s", name, Reasons.of(e));
                return false;
            }
            throw e;
        }
    }

    /** Throws if the server can't be reached. */
    void ping() {
        client.getDatabase("admin").runCommand(new BsonDocument("ping", new BsonInt32(1)));
    }

    /** What the server says of itself; null if it does not know the question. */
    @Nullable
    Document hello() {
        try {
            return client.getDatabase("admin").runCommand(new BsonDocument("hello", new BsonInt32(1)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == COMMAND_NOT_FOUND
                    || String.valueOf(e.getErrorMessage()).contains("no such c")) {
                return null;
            }
            throw e;
        }
    }

    /** Transactions take a replica set or a sharded cluster, and sessions. */
    private static boolean canTransact(@Nullable Document hello) {
        return hello != null
                && (hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg")))
                && hello.get("logicalSessionTimeoutMinutes") != null;
    }

    @Override
    public void close() {
        client.close();
    }
}
