package io.flywatch.stack.ordered;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;

/** Keeps all in memory, each collection in the order of its ids beside. */
public final class OrderedBackend extends MemoryBackend {

    @Override
    public MemoryDatabase openOrCreateDatabase(String databaseName) {
        return new OrderedDatabase(databaseName, getCursorRegistry());
    }

    private static final class OrderedDatabase extends MemoryDatabase {
        private final CursorRegistry cursors;

        OrderedDatabase(String name, CursorRegistry cursors) {
            super(name, cursors);
            this.cursors = cursors;
        }

        @Override
        protected MemoryCollection openOrCreateCollection(String collectionName, CollectionOptions options) {
            return new OrderedCollection(this, collectionName, options, cursors);
        }
    }
}
