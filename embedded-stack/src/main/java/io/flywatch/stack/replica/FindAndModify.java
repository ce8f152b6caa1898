package io.flywatch.stack.replica;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Finds one document, and changes or deletes it. */
final class FindAndModify {
    private final Writer writer;
    private final Store store;
    private final Pipelines pipelines;

    FindAndModify(Writer writer, Store store, Pipelines pipelines) {
        this.writer = writer;
        this.store = store;
        this.pipelines = pipelines;
    }

    BsonDocument run(Command command, @Nullable Txn txn) {
        String namespace = command.namespace();
        Map<BsonValue, Image> before = writer.free(command, txn, () -> ids(command, txn));
        if (command.body().isArray("update")) {
            return byPipeline(command, before, txn);
        }
        BsonDocument answer = store.backend().run(command.plain());
        Map<BsonValue, Image> touched = new LinkedHashMap<>(before);
        BsonValue upserted =
                answer.getDocument("lastErrorObject", new BsonDocument()).get("upserted");
        if (upserted != null) {
            touched.put(Ids.normal(upserted), Image.NONE);
        }
        boolean whole = Statement.isWhole(command.body().get("update"));
        writer.wrote(namespace, touched, txn, whole ? touched.keySet() : Set.of());
        return answer;
    }

    private Set<BsonValue> ids(Command command, @Nullable Txn txn) {
        store.show(command.namespace(), txn);
        Set<BsonValue> ids = new LinkedHashSet<>();
        BsonDocument options = new BsonDocument("limit", new BsonInt32(1));
        if (command.body().isDocument("sort")) {
            options.append("sort", command.body().getDocument("sort"));
        }
        store.backend()
                .find(command.namespace(), command.body().getDocument("query", new BsonDocument()), options)
                .forEach(it -> ids.add(Ids.normal(Image.id(it))));
        return ids;
    }

    private BsonDocument byPipeline(Command command, Map<BsonValue, Image> before, @Nullable Txn txn) {
        BsonValue value = BsonNull.VALUE;
        for (Image image : before.values()) {
            BsonDocument old = image.document();
            if (old != null) {
                Map<BsonValue, Image> after = pipelines.computed(
                        command.namespace(), List.of(old), command.body().getArray("update"));
                boolean wantsNew =
                        command.body().getBoolean("new", BsonBoolean.FALSE).getValue();
                BsonDocument next = after.values().iterator().next().document();
                writer.replace(command.namespace(), before, after, txn);
                value = wantsNew && next != null ? next : old;
            }
        }
        BsonDocument last = new BsonDocument("n", new BsonInt32(before.size()))
                .append("updatedExisting", BsonBoolean.valueOf(!before.isEmpty()));
        return new BsonDocument("lastErrorObject", last).append("value", value).append("ok", new BsonDouble(1));
    }
}
