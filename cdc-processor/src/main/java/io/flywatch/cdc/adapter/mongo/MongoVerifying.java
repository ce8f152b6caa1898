package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoDatabase;
import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.adapter.verify.SourceShape;
import io.flywatch.cdc.adapter.verify.TargetDatabase;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.TargetTable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** MongoDB databases as verifications see them. */
@Singleton
final class MongoVerifying implements TargetDatabase.Kind {
    private final MongoTargets targets;

    MongoVerifying(MongoTargets targets) {
        this.targets = targets;
    }

    @Override
    public boolean takes(String url) {
        return targets.takes(url);
    }

    @Override
    public TargetDatabase open(String name, Connections.Connection configured, String database) {
        return new Opened(targets.server(name, configured).database(database));
    }

    private record Opened(MongoDatabase database) implements TargetDatabase {

        @Override
        public Side side(Route.Table route, SourceShape source) {
            return DocumentDecoder.areDocuments(source.mapped()) ? documents(route, source) : rows(route, source);
        }

        private Side documents(Route.Table route, SourceShape source) {
            String name = route.table().target();
            boolean sortsByBytes = MongoRows.asked(() -> CollectionInfo.of(database, name))
                    .map(CollectionInfo::sortsByBytes)
                    .orElse(true);
            ExactForm form = new ExactForm();
            IdWalk walk = new IdWalk(database.getCollection(name, RawBsonDocument.class), null);
            TargetDocuments table = new TargetDocuments(walk, source.key(), sortsByBytes, form);
            List<String> notes = table.areKept()
                    ? List.of()
                    : List.of(
                            "documents that only the target has are not looked for, as their _id is another one at the source");
            return new Side(table, form, false, notes);
        }

        private Side rows(Route.Table route, SourceShape source) {
            Fields.clash(source.columnsAtTarget()).ifPresent(clash -> {
                throw new ImpossibleException(clash);
            });
            MongoKeys keys = new MongoKeys(source.key());
            List<String> notes = keys.areOrdered() || keys.areReversible()
                    ? List.of()
                    : List.of("rows that only the target has are not looked for, as the key has a type that can't be"
                            + " read back from an _id");
            MongoRows rows = new MongoRows(
                    database.getCollection(route.table().target(), BsonDocument.class),
                    keys,
                    FamilyDocuments.notOfTheRow(route.family()),
                    MongoForm.outer(source.columnsAtTarget()));
            TargetTable table = route.family() instanceof Family.Parent parent
                    ? new ParentRows(rows, keys, new ArrayCheck(parent.arrays(), new Session(database, null)))
                    : rows;
            return new Side(table, new MongoForm(route.family()), false, notes);
        }

        @Override
        public List<Reached> positions(String pipeline) {
            return MongoRows.asked(() -> {
                List<Reached> reached = new ArrayList<>();
                for (BsonDocument position : database.getCollection(MongoTarget.POSITIONS, BsonDocument.class)
                        .find(new BsonDocument("_id.pipeline", new BsonString(pipeline)))) {
                    reached.add(reached(position));
                }
                return reached;
            });
        }

        private static Reached reached(BsonDocument position) {
            BsonDocument id = position.getDocument(Documents.ID);
            BsonValue time = position.get("sourceMicros");
            return new Reached(
                    new PartitionId(
                            id.getString("pipeline").getValue(),
                            id.getString("topic").getValue(),
                            id.getInt32("partition").getValue()),
                    PositionDocuments.number(position, PositionDocuments.OFFSET),
                    time != null && time.isNumber() ? time.asNumber().longValue() : null);
        }

        @Override
        public VerificationStore store() {
            return new MongoVerifications(database);
        }

        /** The client is the target's. */
        @Override
        public void close() {}
    }
}
