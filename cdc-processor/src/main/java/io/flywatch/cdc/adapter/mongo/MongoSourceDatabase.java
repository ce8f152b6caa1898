package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoDatabase;
import io.flywatch.cdc.adapter.verify.Form;
import io.flywatch.cdc.adapter.verify.SourceDatabase;
import io.flywatch.cdc.adapter.verify.SourceShape;
import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.RawBsonDocument;

/** A MongoDB source as verifications see it: what is on a majority of its primary's servers. Not for several threads. */
final class MongoSourceDatabase implements SourceDatabase {
    private final Function<String, MongoDatabase> databases;
    private final SourceLog log;

    /**
     * A source.
     *
     * @param databases its databases by their names
     */
    MongoSourceDatabase(Function<String, MongoDatabase> databases, SourceLog log) {
        this.databases = databases;
        this.log = log;
    }

    @Override
    public Read read(TableRoute route) {
        Optional<CollectionInfo> found = info(route);
        found.ifPresent(info -> info.requireRows(route.source()));
        IdWalk walk = new IdWalk(
                database(route)
                        .getCollection(collection(route), RawBsonDocument.class)
                        .withReadConcern(ReadConcern.MAJORITY),
                log.session());
        if (MongoRows.asked(walk::missesSome)) {
            throw new ImpossibleException(
                    route.source()
                            + " has documents whose _id is a database pointer or code with a scope, which can't be walked through");
        }
        return new Opened(walk, log, found);
    }

    private MongoDatabase database(TableRoute route) {
        return databases.apply(route.source().substring(0, route.source().indexOf('.')));
    }

    private static String collection(TableRoute route) {
        return route.source().substring(route.source().indexOf('.') + 1);
    }

    private Optional<CollectionInfo> info(TableRoute route) {
        return MongoRows.asked(() -> CollectionInfo.of(database(route), collection(route)));
    }

    /** A collection that was dropped and made anew is another one: no change tells that its documents are gone. */
    @Override
    public String schema(TableRoute route) {
        return info(route).map(CollectionInfo::identity).orElse("none") + '\n';
    }

    @Override
    public void close() {
        log.close();
    }

    private record Opened(IdWalk walk, SourceLog log, Optional<CollectionInfo> info) implements Read {

        /** Rules are about fields, and a document has whichever it has. */
        @Override
        public boolean compares(String column) {
            return true;
        }

        @Override
        public List<String> left() {
            return List.of();
        }

        @Override
        public List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (info.isEmpty()) {
                notes.add("the source has no such collection: whatever the target has of it is extra");
            }
            if (info.filter(CollectionInfo::isCapped).isPresent()) {
                notes.add("the collection is capped: what it forgets is told by no change, and is extra at the target");
            }
            return notes;
        }

        @Override
        public SourceShape shape(TableMapping mapping) {
            return SourceShape.ofDocuments(
                    mapping, Opened::key, info.map(CollectionInfo::sortsByBytes).orElse(true));
        }

        private static Key key(RowKey key) {
            return DocumentIds.id(key)
                    .map(DocumentIds::key)
                    .orElseGet(() -> new Key(
                            List.of(DocumentDecoder.ID),
                            List.of(new Bson(key.parts().getFirst()))));
        }

        @Override
        public SourceTable table(boolean summable, Form form) {
            return new SourceDocuments(walk, log, form);
        }

        @Override
        public Function<Collection<RowKey>, Map<RowKey, Change>> changes(TableMapping mapping) {
            SourceDocuments documents = new SourceDocuments(walk, log, new ExactForm());
            return keys -> documents.changes(keys, mapping);
        }
    }
}
