package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import io.flywatch.cdc.lag.SourceLook;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Asks a MongoDB for its clock and for how long its oplog keeps what is written. The oplog is a ring: once it is full, what it keeps is the
 * time between its oldest and its newest entry, at the pace of all that is in it. Before that nothing was ever thrown away, and what
 * it will keep is told by how much of it is used. A least time that somebody configured counts if it is longer.
 */
final class OplogLook {
    private static final String LOCAL = "local";
    private static final String OPLOG = "oplog.rs";
    private static final int UNAUTHORIZED = 13;
    private static final double SECONDS_OF_HOUR = 3_600;
    private static final double NANOS = 1e9;

    /** From so few seconds nothing is concluded of what an oplog will keep that is not full. */
    private static final double YOUNG = 60;

    private OplogLook() {}

    /** A server that answers commands. */
    interface Commands {
        /** Its answer; throws a {@link MongoException} if it refuses or can't be reached. */
        BsonDocument run(String database, BsonDocument command);
    }

    /** How long it keeps its oplog, or why nobody knows. */
    private record Kept(OptionalDouble seconds, String unknown) {
        static Kept of(double seconds) {
            return new Kept(OptionalDouble.of(seconds), "");
        }

        static Kept unknown(String why) {
            return new Kept(OptionalDouble.empty(), why);
        }
    }

    /** One look; throws a {@link MongoException} if it does not answer at all. */
    static SourceLook at(Commands server) {
        Instant before = Instant.now();
        BsonDocument hello = server.run("admin", new BsonDocument("hello", new BsonInt32(1)));
        Duration half = Duration.between(before, Instant.now()).dividedBy(2);
        double skew = Duration.between(
                                before.plus(half),
                                Instant.ofEpochMilli(
                                        hello.getDateTime("localTime").getValue()))
                        .toNanos()
                / NANOS;
        Kept kept = kept(server, hello);
        return kept.seconds().isPresent()
                ? SourceLook.keeping(skew, kept.seconds().getAsDouble())
                : SourceLook.keepingUnknown(skew, kept.unknown());
    }

    private static Kept kept(Commands server, BsonDocument hello) {
        if (hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid")) {
            return Kept.unknown("the source is a sharded cluster: a mongos does not show the oplogs of the shards");
        }
        if (!hello.containsKey("setName")) {
            return Kept.unknown("the source is no replica set and has no oplog");
        }
        try {
            BsonDocument first = end(server, 1);
            BsonDocument last = end(server, -1);
            if (first.isEmpty() || last.isEmpty()) {
                return Kept.unknown("the source's oplog has no entries");
            }
            double window = seconds(last) - seconds(first);
            double used = used(server);
            if (used < 1 && window < YOUNG) {
                return Kept.unknown("the source's oplog is too young to tell how long it will keep what is written");
            }
            return Kept.of(Math.max(window / used, least(server)));
        } catch (MongoCommandException e) {
            return Kept.unknown(
                    e.getErrorCode() == UNAUTHORIZED
                            ? "the source's user may not read its oplog: grant it the role read on the database local"
                                    + " (or clusterMonitor)"
                            : "the source does not show its oplog: " + Reasons.of(e));
        }
    }

    /** The oldest or the newest entry; empty if there is none. */
    private static BsonDocument end(Commands server, int direction) {
        BsonArray found = server.run(
                        LOCAL,
                        new BsonDocument("find", new BsonString(OPLOG))
                                .append("sort", new BsonDocument("$natural", new BsonInt32(direction)))
                                .append("projection", new BsonDocument("ts", new BsonInt32(1)))
                                .append("limit", new BsonInt64(1))
                                .append("singleBatch", org.bson.BsonBoolean.TRUE))
                .getDocument("cursor")
                .getArray("firstBatch");
        return found.isEmpty() ? new BsonDocument() : found.getFirst().asDocument();
    }

    private static long seconds(BsonDocument entry) {
        return entry.getTimestamp("ts").getTime();
    }

    /** The share of the oplog that is used; what can't be known is taken for full, which is the shorter time. */
    private static double used(Commands server) {
        try {
            BsonDocument stats = server.run(LOCAL, new BsonDocument("collStats", new BsonString(OPLOG)));
            double size = number(stats, "size");
            double most = number(stats, "maxSize");
            return size > 0 && most > size ? size / most : 1;
        } catch (MongoCommandException notTold) {
            return 1;
        }
    }

    /** {@code storage.oplogMinRetentionHours}; 0 where none is configured, or told. */
    private static double least(Commands server) {
        try {
            BsonDocument status = server.run("admin", new BsonDocument("serverStatus", new BsonInt32(1)));
            BsonDocument truncation = status.getDocument("oplogTruncation", new BsonDocument());
            return number(truncation, "oplogMinRetentionHours") * SECONDS_OF_HOUR;
        } catch (MongoCommandException notTold) {
            return 0;
        }
    }

    private static double number(BsonDocument answer, String name) {
        BsonValue value = answer.get(name);
        return value != null && value.isNumber() ? value.asNumber().doubleValue() : 0;
    }
}
