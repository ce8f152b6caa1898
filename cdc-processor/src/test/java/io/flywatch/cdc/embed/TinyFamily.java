package io.flywatch.cdc.embed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A database that keeps rows, documents with arrays, and notes of what is stale; each method is one step that others may come between. */
final class TinyFamily implements Parents<Integer, Long, List<Integer>> {
    /** Children by their keys: the parent that each belongs to. */
    final Map<Integer, @Nullable Integer> children = new TreeMap<>();

    /** Documents: token and array. */
    final Map<Integer, Document> parents = new HashMap<>();

    /** What each stream has still to refresh. */
    final Map<String, Set<Integer>> notes = new ConcurrentHashMap<>();

    final Map<String, Integer> positions = new HashMap<>();

    private long tokens;
    private final Runnable between;

    /**
     * Empty.
     *
     * @param between is run before each step
     */
    TinyFamily(Runnable between) {
        this.between = between;
    }

    /** A document. */
    record Document(long token, List<Integer> array) {}

    void step(Runnable step) {
        between.run();
        step.run();
    }

    void insert(int parent) {
        parents.put(parent, new Document(++tokens, List.of()));
    }

    @Override
    public Map<Integer, Long> tokens(Collection<Integer> ids) {
        Map<Integer, Long> found = new HashMap<>();
        step(() -> ids.forEach(id -> {
            Document document = parents.get(id);
            if (document != null) {
                found.put(id, document.token());
            }
        }));
        return found;
    }

    @Override
    public Map<Integer, List<Integer>> contents(Collection<Integer> ids) {
        Map<Integer, List<Integer>> contents = new HashMap<>();
        step(() -> ids.forEach(id -> contents.put(id, expected(id))));
        return contents;
    }

    /** Each document is written for itself, as a database does without transactions. */
    @Override
    public Set<Integer> write(Map<Integer, Long> read, Map<Integer, List<Integer>> contents) {
        Set<Integer> written = new HashSet<>();
        read.forEach((id, token) -> step(() -> {
            Document document = parents.get(id);
            if (document != null && document.token() == token) {
                parents.put(id, new Document(++tokens, contents.getOrDefault(id, List.of())));
                written.add(id);
            }
        }));
        return written;
    }

    List<Integer> expected(int parent) {
        List<Integer> expected = new ArrayList<>();
        children.forEach((child, of) -> {
            if (of != null && of == parent) {
                expected.add(child);
            }
        });
        return expected;
    }
}
