package io.flywatch.stack.replica;

import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A command as a driver sends it. */
record Command(BsonDocument body) {
    static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify", "findandmodify");
    static final Set<String> READS = Set.of("find", "aggregate", "distinct", "count");
    private static final Set<String> OF_A_SESSION = Set.of(
            "lsid",
            "txnNumber",
            "autocommit",
            "startTransaction",
            "readConcern",
            "writeConcern",
            "$clusterTime",
            "$readPreference",
            "stmtId",
            "stmtIds",
            "apiVersion");

    String name() {
        return body.getFirstKey();
    }

    String database() {
        return body.getString("$db", new BsonString("admin")).getValue();
    }

    /** The namespace that it is about; that of the database alone if it is about no collection. */
    String namespace() {
        String field = name().equals("getMore") ? "collection" : name();
        BsonValue collection = body.get(field);
        return database() + "."
                + (collection != null && collection.isString()
                        ? collection.asString().getValue()
                        : "");
    }

    @Nullable
    BsonDocument session() {
        return body.containsKey("lsid") ? body.getDocument("lsid") : null;
    }

    /** Of a transaction or of a write that may be repeated; null outside of both. */
    @Nullable
    Long number() {
        return body.containsKey("txnNumber")
                ? (Long) body.getNumber("txnNumber").longValue()
                : null;
    }

    boolean isInTransaction() {
        return body.containsKey("autocommit") && !body.getBoolean("autocommit").getValue();
    }

    boolean startsTransaction() {
        return body.getBoolean("startTransaction", BsonBoolean.FALSE).getValue();
    }

    boolean endsTransaction() {
        return name().equals("commitTransaction") || name().equals("abortTransaction");
    }

    boolean isWrite() {
        return WRITES.contains(name());
    }

    int firstStatement() {
        return body.getNumber("stmtId", new BsonInt32(0)).intValue();
    }

    /** What a server without sessions understands. */
    BsonDocument plain() {
        BsonDocument plain = body.clone();
        OF_A_SESSION.forEach(plain::remove);
        return plain;
    }
}
