package io.flywatch.stack.replica;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Inserts, updates and deletes, as part of a transaction or outside of all. */
final class Writer {
    private static final BsonDocument NO_OPTIONS = new BsonDocument();

    private final Store store;
    private final Backend backend;
    private final Validators validators;
    private final Pipelines pipelines;
    private final Waiting waiting;

    Writer(Store store, Validators validators, Waiting waiting) {
        this.store = store;
        this.backend = store.backend();
        this.validators = validators;
        this.pipelines = new Pipelines(backend);
        this.waiting = waiting;
    }

    /** Waits until some transaction has ended. */
    interface Waiting {
        void forAnEnd(Command command);
    }

    BsonDocument run(Command command, @Nullable Txn txn) {
        return switch (command.name()) {
            case "findAndModify", "findandmodify" -> new FindAndModify(this, store, pipelines).run(command, txn);
            default -> statements(command, txn);
        };
    }

    private BsonDocument statements(Command command, @Nullable Txn txn) {
        List<Statement> statements = Statement.of(command);
        boolean special =
                validators.has(command.namespace()) || statements.stream().anyMatch(Statement::isPipeline);
        if (!special && txn == null && store.isIdle()) {
            store.show(command.namespace(), null);
            return backend.run(command.plain());
        }
        boolean known = statements.stream().allMatch(it -> it.onlyId() != null);
        return special || !known ? oneByOne(command, statements, txn) : together(command, statements, txn);
    }

    /** All statements at once, as it is known which documents they are about. */
    private BsonDocument together(Command command, List<Statement> statements, @Nullable Txn txn) {
        Set<BsonValue> ids = new LinkedHashSet<>();
        statements.forEach(it -> ids.add(java.util.Objects.requireNonNull(it.onlyId())));
        String namespace = command.namespace();
        free(command, txn, () -> ids);
        store.show(namespace, txn);
        Map<BsonValue, Image> before = store.images(namespace, ids);
        BsonDocument plain = command.plain();
        if (txn != null) {
            // The first error ends a transaction.
            plain.put("ordered", BsonBoolean.TRUE);
        }
        BsonDocument answer = backend.run(plain);
        Set<BsonValue> replaced = new LinkedHashSet<>();
        statements.stream()
                .filter(Statement::isReplacement)
                .forEach(it -> replaced.add(java.util.Objects.requireNonNull(it.onlyId())));
        wrote(namespace, before, txn, replaced);
        return answer;
    }

    private BsonDocument oneByOne(Command command, List<Statement> statements, @Nullable Txn txn) {
        Written written = new Written(command.name().equals("update"));
        boolean ordered = txn != null
                || command.body().getBoolean("ordered", BsonBoolean.TRUE).getValue();
        for (Statement statement : statements) {
            one(command, statement, txn, written);
            if (ordered && written.hasFailed()) {
                break;
            }
        }
        return written.answer();
    }

    private void one(Command command, Statement statement, @Nullable Txn txn, Written written) {
        String namespace = command.namespace();
        Map<BsonValue, Image> before = free(command, txn, () -> ids(namespace, statement, txn));
        if (statement.isPipeline()) {
            byPipeline(namespace, statement, before, txn, written);
            return;
        }
        BsonDocument plain = command.plain();
        plain.put(statement.field(), new BsonArray(List.of(statement.body())));
        BsonDocument answer = backend.run(plain);
        Map<BsonValue, Image> touched = new LinkedHashMap<>(before);
        Written.upsertedIds(answer).forEach(it -> touched.put(Ids.normal(it), Image.NONE));
        if (validators.refuse(namespace, touched.keySet())) {
            backend.put(namespace, touched);
            written.failed(statement.index(), Refusal.VALIDATION, "Document failed validation");
            return;
        }
        wrote(namespace, touched, txn, statement.isReplacement() ? touched.keySet() : Set.of());
        written.add(statement.index(), answer);
    }

    private Set<BsonValue> ids(String namespace, Statement statement, @Nullable Txn txn) {
        if (statement.isInsert()) {
            return Set.of(Ids.normal(Image.id(statement.body())));
        }
        store.show(namespace, txn);
        BsonDocument limit = statement.isForMany() ? NO_OPTIONS : new BsonDocument("limit", new BsonInt32(1));
        Set<BsonValue> ids = new LinkedHashSet<>();
        backend.find(namespace, statement.filter(), limit).forEach(it -> ids.add(Ids.normal(Image.id(it))));
        return ids;
    }

    private void byPipeline(
            String namespace, Statement statement, Map<BsonValue, Image> before, @Nullable Txn txn, Written written) {
        try {
            if (before.isEmpty() && statement.isUpsert()) {
                throw new Refusal(Refusal.ILLEGAL_OPERATION, "this stand-in has no upsert by pipeline");
            }
            Map<BsonValue, Image> after =
                    after(namespace, before, statement.body().getArray("u"));
            replace(namespace, before, after, txn);
            int modified = (int) after.entrySet().stream()
                    .filter(it -> !it.getValue().equals(before.get(it.getKey())))
                    .count();
            written.changed(before.size(), modified);
        } catch (Refusal e) {
            written.failed(statement.index(), e.code(), String.valueOf(e.getMessage()));
        }
    }

    private Map<BsonValue, Image> after(String namespace, Map<BsonValue, Image> before, BsonArray stages) {
        List<BsonDocument> documents = before.values().stream()
                .map(it -> java.util.Objects.requireNonNull(it.document()))
                .toList();
        return documents.isEmpty() ? Map.of() : pipelines.computed(namespace, documents, stages);
    }

    /** Throws if the new documents may not stand there; then the old ones do. */
    void replace(String namespace, Map<BsonValue, Image> before, Map<BsonValue, Image> after, @Nullable Txn txn) {
        try {
            backend.put(namespace, after);
        } catch (Refusal e) {
            backend.put(namespace, before);
            throw e;
        }
        if (validators.refuse(namespace, after.keySet())) {
            backend.put(namespace, before);
            throw new Refusal(Refusal.VALIDATION, "Document failed validation");
        }
        wrote(namespace, before, txn, Set.of());
    }

    /** Those that have changed. */
    void wrote(String namespace, Map<BsonValue, Image> before, @Nullable Txn txn, Set<BsonValue> replaced) {
        Map<BsonValue, Image> changed = new LinkedHashMap<>(before);
        if (!before.isEmpty()) {
            store.images(namespace, before.keySet()).forEach(changed::remove);
        }
        if (!changed.isEmpty()) {
            store.wrote(namespace, changed, txn, replaced);
        }
    }

    /** Which documents a statement is about at this moment. */
    interface Affected {
        Set<BsonValue> ids();
    }

    /**
     * The documents as they stand, once nobody else writes them: outside of transactions that is waited for, inside of one there is a
     * conflict.
     */
    Map<BsonValue, Image> free(Command command, @Nullable Txn txn, Affected affected) {
        String namespace = command.namespace();
        while (true) {
            Set<BsonValue> ids = affected.ids();
            switch (store.conflict(namespace, ids, txn)) {
                case NONE -> {
                    store.show(namespace, txn);
                    return store.images(namespace, ids);
                }
                case WRITTEN_SINCE -> throw Refusal.writeConflict();
                case BEING_WRITTEN -> {
                    if (txn != null) {
                        throw Refusal.writeConflict();
                    }
                    waiting.forAnEnd(command);
                }
            }
        }
    }
}
