package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A transaction that is open: when it began, and what it has written, which nobody else sees. */
final class Txn {
    /** Changes that were committed later than this are not seen by it. */
    final long since;

    /** What makes it known to those who follow the changes. */
    final ChangeLog.@Nullable Author author;

    /** What it has done to documents, in its order. */
    final List<Change> changes = new ArrayList<>();

    final long startedAt = System.nanoTime();

    private final Map<String, Map<BsonValue, Image>> written = new HashMap<>();

    Txn(long since, ChangeLog.@Nullable Author author) {
        this.since = since;
        this.author = author;
    }

    boolean hasWritten(String namespace, BsonValue id) {
        return in(namespace).containsKey(id);
    }

    void wrote(String namespace, BsonValue id, Image after) {
        written.computeIfAbsent(namespace, it -> new LinkedHashMap<>()).put(id, after);
    }

    Map<BsonValue, Image> in(String namespace) {
        return written.getOrDefault(namespace, Map.of());
    }

    Set<String> namespaces() {
        return written.keySet();
    }
}
