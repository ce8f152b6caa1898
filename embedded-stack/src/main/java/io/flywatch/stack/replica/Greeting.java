package io.flywatch.stack.replica;

import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** What the server tells of itself. */
final class Greeting {
    private static final Set<String> NAMES = Set.of("hello", "isMaster", "ismaster", "buildInfo", "buildinfo");
    private static final String SET = "stand-in";
    private static final int WIRE_VERSION = 21;

    private final Shape shape;
    private final String address;
    private final Term term;

    Greeting(Shape shape, String address, Term term) {
        this.shape = shape;
        this.address = address;
        this.term = term;
    }

    boolean isAnswerTo(Command command) {
        return NAMES.contains(command.name());
    }

    BsonDocument answer(Command command, long now) {
        return command.name().equalsIgnoreCase("buildInfo") ? build() : hello(now);
    }

    private static BsonDocument build() {
        BsonArray version = new BsonArray();
        for (int part : new int[] {7, 0, 0, 0}) {
            version.add(new BsonInt32(part));
        }
        return new BsonDocument("version", new BsonString("7.0.0"))
                .append("versionArray", version)
                .append("maxBsonObjectSize", new BsonInt32(Sizes.LARGEST_DOCUMENT))
                .append("ok", new BsonDouble(1));
    }

    private BsonDocument hello(long now) {
        boolean primary = term.isPrimary();
        BsonDocument hello = new BsonDocument("helloOk", BsonBoolean.TRUE)
                .append("isWritablePrimary", BsonBoolean.valueOf(primary))
                .append("ismaster", BsonBoolean.valueOf(primary));
        switch (shape) {
            case REPLICA_SET -> member(hello, primary, now);
            case MONGOS -> hello.append("msg", new BsonString("isdbgrid"));
            case STANDALONE -> {}
        }
        return hello.append("maxBsonObjectSize", new BsonInt32(Sizes.LARGEST_DOCUMENT))
                .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000))
                .append("localTime", new BsonDateTime(now))
                .append("logicalSessionTimeoutMinutes", new BsonInt32(30))
                .append("minWireVersion", new BsonInt32(0))
                .append("maxWireVersion", new BsonInt32(WIRE_VERSION))
                .append("readOnly", BsonBoolean.FALSE)
                .append("ok", new BsonDouble(1));
    }

    private void member(BsonDocument hello, boolean primary, long now) {
        BsonTimestamp time = term.time(now);
        BsonDocument optime = new BsonDocument("ts", time).append("t", new BsonInt64(term.number()));
        BsonDocument lastWrite = new BsonDocument("opTime", optime)
                .append("lastWriteDate", new BsonDateTime(now))
                .append("majorityOpTime", optime)
                .append("majorityWriteDate", new BsonDateTime(now));
        hello.append("secondary", BsonBoolean.valueOf(!primary))
                .append("setName", new BsonString(SET))
                .append("setVersion", new BsonInt32(1))
                .append("hosts", new BsonArray(java.util.List.of(new BsonString(address))))
                .append("me", new BsonString(address))
                .append("lastWrite", lastWrite);
        if (primary) {
            hello.append("primary", new BsonString(address))
                    .append("electionId", new BsonObjectId(new ObjectId(term.number(), 0)));
        }
    }

    BsonDocument status(long now) {
        BsonValue date = new BsonDateTime(now);
        BsonDocument self = new BsonDocument("_id", new BsonInt32(0))
                .append("name", new BsonString(address))
                .append("state", new BsonInt32(1))
                .append("stateStr", new BsonString("PRIMARY"))
                .append("optimeDate", date)
                .append("self", BsonBoolean.TRUE);
        return new BsonDocument("set", new BsonString(SET))
                .append("date", date)
                .append("myState", new BsonInt32(1))
                .append("members", new BsonArray(java.util.List.of(self)))
                .append("ok", new BsonDouble(1));
    }

    BsonDocument config() {
        BsonDocument self = new BsonDocument("_id", new BsonInt32(0)).append("host", new BsonString(address));
        BsonDocument config =
                new BsonDocument("_id", new BsonString(SET)).append("members", new BsonArray(java.util.List.of(self)));
        return new BsonDocument("config", config).append("ok", new BsonDouble(1));
    }
}
