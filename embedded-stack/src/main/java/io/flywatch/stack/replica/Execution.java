package io.flywatch.stack.replica;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Does one command, as part of a transaction or outside of all. */
final class Execution {
    private static final Set<String> IN_TRANSACTIONS = Set.of(
            "find",
            "aggregate",
            "distinct",
            "getMore",
            "killCursors",
            "insert",
            "update",
            "delete",
            "findAndModify",
            "findandmodify",
            "create",
            "createIndexes");
    private static final Set<String> STRUCTURE = Set.of(
            "create",
            "createIndexes",
            "collMod",
            "drop",
            "dropDatabase",
            "dropIndexes",
            "renameCollection",
            "convertToCapped");
    private static final Set<String> INTERNAL = Set.of("admin", "config", "local");
    private static final Set<String> WRITING_STAGES = Set.of("$out", "$merge");
    private static final Set<String> NOT_IN_TRANSACTIONS = Set.of(
            "$out",
            "$merge",
            "$collStats",
            "$currentOp",
            "$changeStream",
            "$indexStats",
            "$listLocalSessions",
            "$listSessions");

    private final Store store;
    private final Validators validators;
    private final Cursors cursors = new Cursors();
    private final Set<String> capped = new HashSet<>();
    private final Writer writer;
    private final Writer.Waiting waiting;
    private final @Nullable ChangeStreams streams;

    Execution(Store store, Writer.Waiting waiting, @Nullable ChangeStreams streams) {
        this.store = store;
        this.validators = new Validators(store.backend());
        this.waiting = waiting;
        this.streams = streams;
        this.writer = new Writer(store, validators, waiting);
    }

    BsonDocument run(Command command, @Nullable Txn txn) {
        if (txn != null) {
            check(command);
        }
        if (command.isWrite()) {
            return writer.run(command, txn);
        }
        if (STRUCTURE.contains(command.name())) {
            return change(command);
        }
        return switch (command.name()) {
            case "getMore" -> streams != null && streams.has(command) ? streams.more(command) : cursors.more(command);
            case "killCursors" -> {
                if (streams != null) {
                    streams.kill(command.body().getArray("cursors"));
                }
                cursors.kill(command.body().getArray("cursors"));
                yield Host.ok();
            }
            case "find", "aggregate" -> read(command, txn);
            default -> {
                show(command, txn);
                BsonDocument answer = store.backend().run(command.plain());
                if (command.name().equals("listCollections")) {
                    validators.list(command.database(), answer);
                }
                yield answer;
            }
        };
    }

    private void check(Command command) {
        if (!IN_TRANSACTIONS.contains(command.name())) {
            throw refused("Cannot run '" + command.name() + "' in a multi-document transaction.");
        }
        String namespace = command.namespace();
        boolean writes = command.isWrite() || STRUCTURE.contains(command.name());
        if (INTERNAL.contains(command.database()) || (writes && namespace.contains(".system."))) {
            throw refused("Cannot run command against the '" + namespace + "' namespace in a transaction.");
        }
        if (writes && capped.contains(namespace)) {
            throw refused("Collection '" + namespace
                    + "' is a capped collection. Writes in transactions are not allowed on capped collections.");
        }
        for (String stage : stages(command)) {
            if (NOT_IN_TRANSACTIONS.contains(stage)) {
                throw refused(stage + " cannot be used in a transaction");
            }
        }
        if (STRUCTURE.contains(command.name())) {
            checkCreation(command);
        }
    }

    /** What is there already can't be changed, and by the read concern nothing newer than the transaction may be seen. */
    private void checkCreation(Command command) {
        String level = command.body()
                .getDocument("readConcern", new BsonDocument())
                .getString("level", new BsonString("local"))
                .getValue();
        boolean isFilled = command.name().equals("createIndexes")
                && !store.backend()
                        .find(
                                command.namespace(),
                                new BsonDocument(),
                                new BsonDocument("limit", new org.bson.BsonInt32(1)))
                        .isEmpty();
        if (!level.equals("local") || isFilled) {
            throw refused("Cannot create new collections or indexes in a transaction that reads by '%s'%s"
                    .formatted(level, isFilled ? " on a collection with documents" : ""));
        }
    }

    private static Refusal refused(String why) {
        return new Refusal(Refusal.NOT_IN_TRANSACTION, why);
    }

    private static List<String> stages(Command command) {
        return !command.name().equals("aggregate")
                ? List.of()
                : command.body().getArray("pipeline", new BsonArray()).stream()
                        .map(it -> it.asDocument().getFirstKey())
                        .toList();
    }

    /** Waits for the transactions that have written there, as the real server waits for their locks. */
    private BsonDocument change(Command command) {
        String namespace = command.name().equals("renameCollection")
                ? command.body().getString("renameCollection").getValue()
                : command.namespace();
        settle(command, namespace);
        validators.note(command);
        if (command.name().equals("create")
                && command.body().getBoolean("capped", BsonBoolean.FALSE).getValue()) {
            capped.add(namespace);
        }
        if (command.name().equals("collMod")) {
            // The server behind doesn't know it: a validator is all that is asked for here.
            return Host.ok();
        }
        return store.backend().run(command.plain());
    }

    private void settle(Command command, String namespace) {
        while (store.isBeingWritten(namespace)) {
            waiting.forAnEnd(command);
        }
        store.views(command.database()).forEach(it -> store.show(it, null));
    }

    private BsonDocument read(Command command, @Nullable Txn txn) {
        if (streams != null && ChangeStreams.isOne(command)) {
            return streams.open(command);
        }
        BsonValue collection = command.body().get(command.name());
        if (collection == null || !collection.isString()) {
            return store.backend().run(command.plain());
        }
        if (stages(command).stream().anyMatch(WRITING_STAGES::contains)) {
            settle(command, command.database() + ".");
            return store.backend().run(command.plain());
        }
        show(command, txn);
        return cursors.first(command, command.namespace(), store.backend().all(command.plain()));
    }

    /** An aggregation may look into other collections, too. */
    private void show(Command command, @Nullable Txn txn) {
        if (command.name().equals("aggregate")) {
            store.views(command.database()).forEach(it -> store.show(it, txn));
        }
        store.show(command.namespace(), txn);
    }
}
