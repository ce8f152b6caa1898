package io.flywatch.stack.replica;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Lets each transaction see the data as it stood when it began, with its own writes over them, and everybody else what is committed. The
 * server behind has one state only: before a command, the documents in which two views differ are exchanged. That costs nothing as
 * long as one of them is at work alone. Not for several threads: its owner holds a lock.
 */
final class Store {
    private final Backend backend;
    private final Set<Txn> open = new HashSet<>();
    private final List<Old> history = new ArrayList<>();
    private final Map<String, Shown> shown = new HashMap<>();
    private final @Nullable ChangeLog log;
    private long now;

    /** With a log, if somebody may want to follow the changes: keeping it costs a look before and after each. */
    Store(Backend backend, @Nullable ChangeLog log) {
        this.backend = backend;
        this.log = log;
    }

    /** How a document stood before a change that was committed while some transaction was open. */
    private record Old(long at, String namespace, BsonValue id, Image before) {}

    /**
     * A collection in which the server behind has the view of a transaction.
     *
     * @param committed what stands behind each document in which that differs
     */
    private record Shown(Txn to, Map<BsonValue, Image> committed) {}

    Backend backend() {
        return backend;
    }

    Txn begin(ChangeLog.Author author) {
        Txn txn = new Txn(now, author);
        open.add(txn);
        return txn;
    }

    /** Whether nobody has to know what a write changes. */
    boolean isIdle() {
        return open.isEmpty() && log == null;
    }

    List<Txn> open() {
        return List.copyOf(open);
    }

    /** The namespaces of a database in which somebody sees something of his own. */
    Set<String> views(String database) {
        Set<String> views = new HashSet<>(shown.keySet());
        open.forEach(it -> views.addAll(it.namespaces()));
        history.forEach(it -> views.add(it.namespace()));
        views.removeIf(it -> !it.startsWith(database + "."));
        return views;
    }

    /** From now on the server behind answers for this collection as the transaction sees it; null for what is committed. */
    void show(String namespace, @Nullable Txn to) {
        Shown now = shown.get(namespace);
        if (now != null && now.to() != to) {
            hide(namespace);
            now = null;
        }
        if (now == null && to != null) {
            Map<BsonValue, Image> view = view(to, namespace);
            if (!view.isEmpty()) {
                Map<BsonValue, Image> committed = images(namespace, view.keySet());
                shown.put(namespace, new Shown(to, committed));
                exchange(namespace, view);
            }
        }
    }

    /** A document that is committed has the same unique value as one of the transaction: that can't end well. */
    private void exchange(String namespace, Map<BsonValue, Image> view) {
        try {
            backend.put(namespace, view);
        } catch (Refusal e) {
            hide(namespace);
            throw Refusal.writeConflict();
        }
    }

    private void hide(String namespace) {
        Shown was = shown.remove(namespace);
        if (was != null) {
            backend.put(namespace, was.committed());
        }
    }

    private Map<BsonValue, Image> view(Txn txn, String namespace) {
        Map<BsonValue, Image> view = new LinkedHashMap<>();
        for (Old old : history) {
            if (old.at() > txn.since && old.namespace().equals(namespace)) {
                view.putIfAbsent(old.id(), old.before());
            }
        }
        view.putAll(txn.in(namespace));
        return view;
    }

    /** How documents stand behind at this moment. */
    Map<BsonValue, Image> images(String namespace, Set<BsonValue> ids) {
        Map<BsonValue, Image> images = new LinkedHashMap<>();
        ids.forEach(it -> images.put(it, Image.NONE));
        backend.findIds(namespace, ids).forEach(it -> images.put(Ids.normal(Image.id(it)), new Image(it)));
        return images;
    }

    /** Whether somebody else is writing one of these documents, or has written it since the transaction began. */
    Conflict conflict(String namespace, Set<BsonValue> ids, @Nullable Txn writer) {
        for (Txn other : open) {
            if (other != writer && ids.stream().anyMatch(it -> other.hasWritten(namespace, it))) {
                return Conflict.BEING_WRITTEN;
            }
        }
        boolean late = writer != null
                && history.stream()
                        .anyMatch(it ->
                                it.at() > writer.since && it.namespace().equals(namespace) && ids.contains(it.id()));
        return late ? Conflict.WRITTEN_SINCE : Conflict.NONE;
    }

    /** Why a document can't be written. */
    enum Conflict {
        NONE,
        BEING_WRITTEN,
        WRITTEN_SINCE
    }

    /** Whether some transaction has written into the collection; all of the database if the name ends with a dot. */
    boolean isBeingWritten(String namespace) {
        return open.stream()
                .flatMap(it -> it.namespaces().stream())
                .anyMatch(it -> namespace.endsWith(".") ? it.startsWith(namespace) : it.equals(namespace));
    }

    /** Notes what was just written behind; the ids of documents that were named whole are told, too. */
    void wrote(String namespace, Map<BsonValue, Image> before, @Nullable Txn writer, Set<BsonValue> replaced) {
        if (writer == null) {
            remember(namespace, before);
            if (log != null) {
                log.committed(changes(namespace, before, images(namespace, before.keySet()), replaced), null);
            }
            return;
        }
        Map<BsonValue, Image> committed = shown.computeIfAbsent(
                        namespace, it -> new Shown(writer, new LinkedHashMap<>()))
                .committed();
        before.forEach(committed::putIfAbsent);
        Map<BsonValue, Image> now = images(namespace, before.keySet());
        now.forEach((id, after) -> writer.wrote(namespace, id, after));
        writer.changes.addAll(changes(namespace, before, now, replaced));
    }

    private static List<Change> changes(
            String namespace, Map<BsonValue, Image> before, Map<BsonValue, Image> after, Set<BsonValue> replaced) {
        return before.entrySet().stream()
                .map(it -> new Change(
                        namespace,
                        it.getValue(),
                        after.getOrDefault(it.getKey(), Image.NONE),
                        replaced.contains(it.getKey())))
                .toList();
    }

    private void remember(String namespace, Map<BsonValue, Image> before) {
        if (!open.isEmpty()) {
            now++;
            before.forEach((id, image) -> history.add(new Old(now, namespace, id, image)));
        }
    }

    void commit(Txn txn) {
        for (String namespace : txn.namespaces()) {
            Map<BsonValue, Image> after = txn.in(namespace);
            Shown view = shown.get(namespace);
            Map<BsonValue, Image> before;
            if (view != null && view.to() == txn && view.committed().keySet().equals(after.keySet())) {
                shown.remove(namespace);
                before = view.committed();
            } else {
                show(namespace, null);
                before = images(namespace, after.keySet());
                backend.put(namespace, after);
            }
            close(txn);
            remember(namespace, before);
        }
        if (log != null && !txn.changes.isEmpty()) {
            log.committed(txn.changes, txn.author);
        }
        end(txn);
    }

    void abort(Txn txn) {
        end(txn);
    }

    private void close(Txn txn) {
        open.remove(txn);
    }

    private void end(Txn txn) {
        close(txn);
        List<String> views = shown.entrySet().stream()
                .filter(it -> it.getValue().to() == txn)
                .map(Map.Entry::getKey)
                .toList();
        views.forEach(this::hide);
        if (open.isEmpty()) {
            history.clear();
        }
    }
}
