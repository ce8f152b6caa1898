package io.flywatch.stack.replica;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Holds collections to their validators, which the server behind takes and forgets. No JSON Schema, as it doesn't know that. */
final class Validators {
    private final Backend backend;
    private final Map<String, BsonDocument> all = new HashMap<>();

    Validators(Backend backend) {
        this.backend = backend;
    }

    /** Takes note of what a command says of its collection. */
    void note(Command command) {
        switch (command.name()) {
            case "create", "collMod" -> {
                boolean enforced = command.body()
                        .getString("validationAction", new BsonString("error"))
                        .getValue()
                        .equals("error");
                if (command.body().isDocument("validator")) {
                    BsonDocument validator = command.body().getDocument("validator");
                    if (enforced && !validator.isEmpty() && !validator.containsKey("$jsonSchema")) {
                        all.put(command.namespace(), validator);
                    } else {
                        all.remove(command.namespace());
                    }
                }
            }
            case "drop" -> all.remove(command.namespace());
            case "dropDatabase" -> all.keySet().removeIf(it -> it.startsWith(command.database() + "."));
            default -> {}
        }
    }

    /** Adds the validators to the list of a database's collections, of which the server behind knows nothing. */
    void list(String database, BsonDocument answer) {
        answer.getDocument("cursor", new BsonDocument()).getArray("firstBatch", new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .forEach(it -> {
                    BsonDocument validator =
                            all.get(database + "." + it.getString("name").getValue());
                    if (validator != null) {
                        BsonDocument options =
                                it.getDocument("options", new BsonDocument()).clone();
                        it.append("options", options.append("validator", validator));
                    }
                });
    }

    boolean has(String namespace) {
        return all.containsKey(namespace);
    }

    /** Whether one of these documents, as it stands now, may not stand in the collection. */
    boolean refuse(String namespace, Collection<BsonValue> ids) {
        BsonDocument validator = all.get(namespace);
        if (validator == null || ids.isEmpty()) {
            return false;
        }
        BsonDocument wrong = Backend.in(List.copyOf(ids)).append("$nor", new BsonArray(List.of(validator)));
        return !backend.find(namespace, wrong, new BsonDocument("limit", new BsonInt32(1)))
                .isEmpty();
    }
}
