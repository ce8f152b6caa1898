package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.flywatch.runner.run.Journal;
import io.flywatch.runner.run.Suspended;
import java.time.Duration;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a migration: a document in the migrated database with a token that grows with each holder. Whoever wants it
 * watches the holder's beat, and takes over when that stood still for as long as the lease lasts, by the watcher's own clock; so no
 * two clocks are ever compared. A holder that could not renew in that time stops before its next write.
 */
final class Lease implements AutoCloseable {
    static final Duration LASTS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int DUPLICATE = 11_000;
    private static final String RENEWED = "renewedAt";
    private static final BsonDocument NOW = new BsonDocument(RENEWED, BsonBoolean.TRUE);
    private static final FindOneAndUpdateOptions ANSWERED =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<BsonDocument> leases;
    private final BsonString id;
    private final long token;
    private final Duration lasts;
    private final Thread renewer;
    private volatile Renewal renewal;
    private volatile boolean lost;
    private volatile boolean closed;

    private Lease(MongoCollection<BsonDocument> leases, BsonDocument taken, Duration lasts, long askedAt) {
        this.leases = leases;
        this.renewal = new Renewal(askedAt, taken.getDateTime(RENEWED));
        this.id = taken.getString("_id");
        this.token = taken.getInt64("token").getValue();
        this.lasts = lasts;
        this.renewer =
                Thread.ofPlatform().name("lease-" + id.getValue()).daemon(true).unstarted(this::keep);
        renewer.start();
    }

    /**
     * The lease was ours at a moment.
     *
     * @param askedAt before that moment, by this process's clock of {@link System#nanoTime()}
     * @param at that moment, by the server's clock
     */
    private record Renewal(long askedAt, BsonDateTime at) {}

    /**
     * How long the lease is ours, if it is not renewed.
     *
     * @param until by this process's clock; what was answered before that had come before the end
     * @param end by the server's clock
     */
    record Fence(long until, BsonDateTime end) {
        /** Finds the same, and nothing any more when the lease has run out: the server looks at its own clock as it begins. */
        BsonDocument before(BsonDocument filter) {
            BsonArray compared = new BsonArray(List.of(new BsonString("$$NOW"), end));
            return filter.clone().append("$expr", new BsonDocument("$lt", compared));
        }

        boolean holds() {
            return System.nanoTime() - until < 0;
        }
    }

    /**
     * Waits until the lease is ours.
     *
     * @param holder this process; what it held before, it may take back at once
     */
    static Lease acquire(Books books, String migrationId, String holder, Journal journal) {
        return acquire(books, migrationId, holder, journal, LASTS);
    }

    static Lease acquire(Books books, String migrationId, String holder, Journal journal, Duration lasts) {
        MongoCollection<BsonDocument> leases = books.lease();
        BsonDocument key = new BsonDocument("_id", new BsonString(migrationId));
        BsonDocument seen = new BsonDocument();
        long since = System.nanoTime();
        while (true) {
            BsonDocument now = leases.find(key).first();
            if (now == null) {
                now = create(leases, key);
            }
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
            String other = now.getString("holder").getValue();
            boolean free = other.isEmpty() || other.equals(holder);
            // Others may see it taken before a majority has it and we are told: it is ours from when we asked.
            long askedAt = System.nanoTime();
            if (free || System.nanoTime() - since > lasts.toNanos()) {
                BsonDocument taken = take(leases, now, holder);
                if (taken != null) {
                    return new Lease(leases, taken, lasts, askedAt);
                }
            }
            Cancelled.check(journal);
            journal.pause(LOOK);
        }
    }

    private static BsonDocument create(MongoCollection<BsonDocument> leases, BsonDocument key) {
        BsonDocument fresh = key.clone()
                .append("token", new BsonInt64(0))
                .append("beat", new BsonInt64(0))
                .append("holder", new BsonString(""));
        try {
            leases.insertOne(fresh);
        } catch (MongoWriteException e) {
            if (e.getCode() != DUPLICATE) {
                throw e;
            }
        }
        return fresh;
    }

    private static @Nullable BsonDocument take(MongoCollection<BsonDocument> leases, BsonDocument seen, String holder) {
        BsonDocument asSeen = new BsonDocument("_id", seen.get("_id"))
                .append("token", seen.get("token"))
                .append("beat", seen.get("beat"));
        Bson mine = new BsonDocument("$inc", new BsonDocument("token", new BsonInt64(1)))
                .append("$set", new BsonDocument("holder", new BsonString(holder)).append("beat", new BsonInt64(0)))
                .append("$currentDate", NOW);
        return leases.findOneAndUpdate(asSeen, mine, ANSWERED);
    }

    long token() {
        return token;
    }

    /** Throws {@link Suspended} if somebody else may be at work; asks the server if it was not asked for long. */
    void check() {
        if (!lost && System.nanoTime() - renewal.askedAt() > lasts.toNanos()) {
            renew();
        }
        if (lost) {
            throw new Suspended("another runner has taken over the migration");
        }
    }

    private void renew() {
        long askedAt = System.nanoTime();
        BsonDocument mine = new BsonDocument("_id", id).append("token", new BsonInt64(token));
        Bson beat = new BsonDocument("$inc", new BsonDocument("beat", new BsonInt64(1))).append("$currentDate", NOW);
        BsonDocument renewed = leases.findOneAndUpdate(mine, beat, ANSWERED);
        if (renewed == null) {
            lost = true;
        } else {
            renewal = new Renewal(askedAt, renewed.getDateTime(RENEWED));
        }
    }

    /** As {@link #check()}, and answers for how long. */
    Fence fence() {
        check();
        Renewal last = renewal;
        return new Fence(
                last.askedAt() + lasts.toNanos(), new BsonDateTime(last.at().getValue() + lasts.toMillis()));
    }

    private void keep() {
        while (!closed && !lost) {
            try {
                Thread.sleep(lasts.dividedBy(5));
                if (!closed) {
                    renew();
                }
            } catch (MongoException e) {
                // The server is away: the lease runs out by itself if that lasts.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        renewer.interrupt();
        try {
            leases.updateOne(
                    new BsonDocument("_id", id).append("token", new BsonInt64(token)),
                    new BsonDocument("$set", new BsonDocument("holder", new BsonString(""))));
        } catch (MongoException e) {
            // The server is away: the lease runs out by itself.
        }
    }
}
