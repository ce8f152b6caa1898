package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Cursors that wait for what is committed. Stages behind {@code $changeStream} may look at all of an event but its documents, and may
 * only choose among events.
 */
final class ChangeStreams {
    private static final String STAGE = "$changeStream";
    private static final String EVENTS = "stand-in.events";
    private static final Set<String> LOOKUPS = Set.of("default", "updateLookup");
    private static final Set<String> BODIES = Set.of("fullDocument", "updateDescription", "documentKey", "lsid");
    private static final int SCANNED_AT_ONCE = 1_000;
    private static final int FIRST_BATCH = 101;
    private static final long AWAIT_MILLIS = 1_000;

    private final ChangeLog log;
    private final Store store;
    private final Awaiting awaiting;
    private final Map<Long, Stream> open = new HashMap<>();
    /** Below all ids of other cursors. */
    private long last;

    /** Waits a moment for something to be committed; false if the time is up. */
    interface Awaiting {
        boolean more(long deadlineNanos);
    }

    ChangeStreams(ChangeLog log, Store store, Awaiting awaiting) {
        this.log = log;
        this.store = store;
        this.awaiting = awaiting;
    }

    private static final class Stream {
        final String namespace;
        final Pattern covered;
        final List<BsonValue> stages;
        final boolean looksUp;
        final @Nullable BsonDocument session;
        Place at;

        Stream(Command command, BsonDocument options, List<BsonValue> stages, Place at) {
            boolean isOne = command.body().isString("aggregate");
            this.namespace = isOne ? command.namespace() : command.database() + ".$cmd.aggregate";
            this.covered = covered(command, options, isOne);
            this.stages = stages;
            this.looksUp = options.getString("fullDocument", new BsonString("default"))
                    .getValue()
                    .equals("updateLookup");
            this.session = command.session();
            this.at = at;
        }

        private static Pattern covered(Command command, BsonDocument options, boolean isOne) {
            if (options.containsKey("allChangesForCluster")) {
                return Pattern.compile("(?!(admin|config|local)\\.).*", Pattern.DOTALL);
            }
            return Pattern.compile(
                    isOne ? Pattern.quote(command.namespace()) : Pattern.quote(command.database() + ".") + ".*",
                    Pattern.DOTALL);
        }
    }

    static boolean isOne(Command command) {
        BsonArray stages = command.body().getArray("pipeline", new BsonArray());
        return command.name().equals("aggregate")
                && !stages.isEmpty()
                && stages.getFirst().asDocument().containsKey(STAGE);
    }

    BsonDocument open(Command command) {
        List<BsonValue> stages = command.body().getArray("pipeline").getValues();
        BsonDocument options = stages.getFirst().asDocument().getDocument(STAGE);
        String lookup =
                options.getString("fullDocument", new BsonString("default")).getValue();
        if (!LOOKUPS.contains(lookup) || options.containsKey("fullDocumentBeforeChange")) {
            throw new Refusal(Refusal.ILLEGAL_OPERATION, "this stand-in keeps no images: fullDocument " + lookup);
        }
        Stream stream = new Stream(command, options, stages.subList(1, stages.size()), start(options));
        log.after(stream.at, 0);
        long id = --last;
        open.put(id, stream);
        int size = command.body()
                .getDocument("cursor", new BsonDocument())
                .getNumber("batchSize", new BsonInt32(FIRST_BATCH))
                .intValue();
        return answer(id, stream, size == 0 ? List.of() : next(stream, size), "firstBatch");
    }

    private Place start(BsonDocument options) {
        for (String token : List.of("resumeAfter", "startAfter")) {
            if (options.containsKey(token)) {
                return Place.of(options.getDocument(token));
            }
        }
        if (options.containsKey("startAtOperationTime")) {
            BsonTimestamp time = options.getTimestamp("startAtOperationTime");
            return new Place(time, Place.BEFORE_ALL);
        }
        return log.end();
    }

    boolean has(Command getMore) {
        return open.containsKey(getMore.body().getInt64("getMore").getValue());
    }

    /** Waits for the next events for as long as the client says. */
    BsonDocument more(Command command) {
        long id = command.body().getInt64("getMore").getValue();
        Stream stream = Objects.requireNonNull(open.get(id));
        if (!Objects.equals(stream.session, command.session())) {
            throw new Refusal(Refusal.WRONG_CURSOR, "Cursor " + id + " belongs to another session");
        }
        int size = command.body()
                .getNumber("batchSize", new BsonInt32(SCANNED_AT_ONCE))
                .intValue();
        long millis = command.body()
                .getNumber("maxTimeMS", new BsonInt64(AWAIT_MILLIS))
                .longValue();
        long deadline = System.nanoTime() + millis * 1_000_000;
        List<BsonDocument> events = next(stream, size);
        while (events.isEmpty() && awaiting.more(deadline) && open.containsKey(id)) {
            events = next(stream, size);
        }
        return answer(id, stream, events, "nextBatch");
    }

    void kill(BsonArray ids) {
        ids.forEach(it -> open.remove(it.asInt64().getValue()));
    }

    private List<BsonDocument> next(Stream stream, int size) {
        List<BsonDocument> events = new ArrayList<>();
        while (events.isEmpty()) {
            List<ChangeLog.Entry> scanned = log.after(stream.at, Math.min(size, SCANNED_AT_ONCE));
            if (scanned.isEmpty()) {
                return events;
            }
            stream.at = scanned.getLast().place();
            events.addAll(chosen(
                    stream,
                    scanned.stream()
                            .filter(it -> stream.covered
                                    .matcher(it.change().namespace())
                                    .matches())
                            .toList()));
        }
        return events;
    }

    private List<BsonDocument> chosen(Stream stream, List<ChangeLog.Entry> entries) {
        Map<BsonValue, ChangeLog.Entry> byToken = new HashMap<>();
        BsonArray headers = new BsonArray();
        for (ChangeLog.Entry entry : entries) {
            BsonDocument header = entry.event();
            BODIES.forEach(header::remove);
            headers.add(header);
            byToken.put(entry.place().token(), entry);
        }
        if (entries.isEmpty()) {
            return List.of();
        }
        return filtered(stream, headers).stream()
                .map(it -> byToken.get(it.asDocument().get("_id")))
                .map(it -> whole(stream, Objects.requireNonNull(it, "a stage changed the events")))
                .toList();
    }

    /** The server behind chooses: events are documents like others. */
    private List<BsonValue> filtered(Stream stream, BsonArray headers) {
        if (stream.stages.isEmpty()) {
            return headers.getValues();
        }
        Backend backend = store.backend();
        backend.run(EVENTS, "insert", new BsonDocument("documents", headers));
        try {
            return backend.all(new BsonDocument("aggregate", new BsonString("events"))
                    .append("pipeline", new BsonArray(stream.stages))
                    .append("cursor", new BsonDocument())
                    .append("$db", new BsonString("stand-in")));
        } finally {
            backend.run(new BsonDocument("dropDatabase", new BsonInt32(1)).append("$db", new BsonString("stand-in")));
        }
    }

    /** An update's document is looked up now, and may be newer than the update, or gone. */
    private BsonDocument whole(Stream stream, ChangeLog.Entry entry) {
        BsonDocument event = entry.event();
        Change change = entry.change();
        if (stream.looksUp && change.isUpdate()) {
            store.show(change.namespace(), null);
            BsonValue id = Ids.normal(change.id());
            BsonDocument now = Objects.requireNonNull(
                            store.images(change.namespace(), Set.of(id)).get(id))
                    .document();
            event.append("fullDocument", now == null ? org.bson.BsonNull.VALUE : now);
        }
        return event;
    }

    private BsonDocument answer(long id, Stream stream, List<BsonDocument> events, String field) {
        if (events.isEmpty() && log.after(stream.at, 1).isEmpty()) {
            stream.at = log.end();
        }
        BsonDocument cursor = new BsonDocument(field, new BsonArray(events))
                .append("id", new BsonInt64(id))
                .append("ns", new BsonString(stream.namespace))
                .append("postBatchResumeToken", stream.at.token());
        return new BsonDocument("cursor", cursor).append("ok", new BsonDouble(1));
    }
}
