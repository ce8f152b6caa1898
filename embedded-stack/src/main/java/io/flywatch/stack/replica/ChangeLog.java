package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** What has been committed, in its order. Not for several threads: its owner holds a lock. */
final class ChangeLog {
    private final List<Entry> entries = new ArrayList<>();
    private final Term term;
    private final Runnable told;
    private BsonTimestamp keptSince;

    /** With what is run after each commit. */
    ChangeLog(Term term, Runnable told) {
        this.term = term;
        this.told = told;
        this.keptSince = term.time(System.currentTimeMillis());
    }

    /** A change that has been committed; several of one transaction have the same time. */
    record Entry(
            Place place,
            long wallMillis,
            Change change,
            @Nullable Author author) {
        /** As a change stream tells it, but for the document that an update led to. */
        BsonDocument event() {
            String namespace = change.namespace();
            int dot = namespace.indexOf('.');
            BsonDocument event = new BsonDocument("_id", place.token())
                    .append("operationType", new BsonString(change.operation()))
                    .append("clusterTime", place.time())
                    .append("wallTime", new BsonDateTime(wallMillis));
            if (author != null) {
                event.append("txnNumber", new BsonInt64(author.number())).append("lsid", author.session());
            }
            event.append(
                    "ns",
                    new BsonDocument("db", new BsonString(namespace.substring(0, dot)))
                            .append("coll", new BsonString(namespace.substring(dot + 1))));
            event.append("documentKey", new BsonDocument("_id", change.id()));
            if (change.isUpdate()) {
                event.append("updateDescription", change.description());
            } else if (change.after().document() != null) {
                event.append("fullDocument", change.after().document());
            }
            return event;
        }
    }

    /** The transaction that made a change. */
    record Author(BsonDocument session, long number) {}

    void committed(List<Change> changes, @Nullable Author author) {
        long now = System.currentTimeMillis();
        BsonTimestamp time = term.time(now);
        for (int i = 0; i < changes.size(); i++) {
            entries.add(new Entry(new Place(time, i), now, changes.get(i), author));
        }
        told.run();
    }

    /** Behind all that has been committed. */
    Place end() {
        return new Place(term.time(System.currentTimeMillis()), Place.AFTER_ALL);
    }

    /** What was committed behind a place, as long as that is kept. */
    List<Entry> after(Place place, int limit) {
        if (place.time().compareTo(keptSince) < 0) {
            throw new Refusal(
                    Refusal.CHANGE_STREAM_HISTORY_LOST,
                    "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
        }
        int found = Collections.binarySearch(places(), place);
        int from = found < 0 ? -found - 1 : found + 1;
        return List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
    }

    private List<Place> places() {
        return new java.util.AbstractList<>() {
            @Override
            public Place get(int index) {
                return entries.get(index).place();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    /** Nothing that was committed until now is told any more. */
    void forget() {
        entries.clear();
        keptSince = term.time(System.currentTimeMillis());
    }
}
