package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.batch.Behind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * How far the slowest secondary is behind: asked of the server at most once a second. Whoever may not ask for the state of the replica
 * set gets how far the majority is behind, which everybody may know.
 */
final class ReplicationLag {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final MongoDatabase admin;
    private final boolean replicated;
    private boolean mayAskForStatus = true;
    private Set<String> delayed = Set.of();
    private Optional<Behind> last = Optional.empty();
    private long askedAt;
    private boolean asked;

    /**
     * Asks nothing yet.
     *
     * @param replicated whether the server is a member of a replica set; else there is nothing to ask
     */
    ReplicationLag(MongoDatabase admin, boolean replicated) {
        this.admin = admin;
        this.replicated = replicated;
    }

    /** Empty if there is no secondary or nothing is known of it. */
    synchronized Optional<Behind> now() {
        if (replicated && (!asked || System.nanoTime() - askedAt > BETWEEN.toNanos())) {
            last = ask();
            askedAt = System.nanoTime();
            asked = true;
        }
        return last;
    }

    private Optional<Behind> ask() {
        if (mayAskForStatus) {
            try {
                if (!asked) {
                    delayed = delayed();
                }
                return Behind.slowest(run("replSetGetStatus"), delayed);
            } catch (MongoException e) {
                // A router of a sharded cluster doesn't know it, and not everybody may ask.
                mayAskForStatus = Trouble.isPassing(e);
            }
        }
        try {
            return Behind.majority(run("hello"));
        } catch (MongoException e) {
            return Optional.empty();
        }
    }

    private Set<String> delayed() {
        try {
            return Behind.delayed(run("replSetGetConfig"));
        } catch (MongoException e) {
            return Set.of();
        }
    }

    private BsonDocument run(String command) {
        return admin.runCommand(new BsonDocument(command, new BsonInt32(1)), BsonDocument.class);
    }
}
