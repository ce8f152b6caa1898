package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes collections before a transaction writes into them: older servers create none inside of one, and newer ones take locks for it
 * that bring others to a write conflict.
 */
final class Namespaces {
    private static final int NAMESPACE_EXISTS = 48;

    private final MongoDatabase database;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    Namespaces(MongoDatabase database) {
        this.database = database;
    }

    void ensure(String collection) {
        if (there.contains(collection)) {
            return;
        }
        try {
            database.createCollection(collection);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_EXISTS) {
                throw e;
            }
        }
        there.add(collection);
    }
}
