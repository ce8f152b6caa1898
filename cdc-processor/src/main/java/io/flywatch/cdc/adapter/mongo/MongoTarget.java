package io.flywatch.cdc.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.WriteModel;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/** A MongoDB database as a target. */
final class MongoTarget implements Target {

    static final String POSITIONS = "flywatch_positions";
    static final String PARKED = "flywatch_parked";

    private static final FindOneAndUpdateOptions UPSERT =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

    private final Server server;
    private final String database;
    private final InstantSource clock;
    private final CollectionFields fields = new CollectionFields();
    private final EmbeddedArrays arrays = new EmbeddedArrays();
    private final Namespaces namespaces;
    private final CollectionFitness fitness;

    MongoTarget(Server server, String database, InstantSource clock) {
        this(server, database, clock, new CollectionFitness(server.database(database)));
    }

    MongoTarget(Server server, String database, InstantSource clock, CollectionFitness fitness) {
        this.server = server;
        this.database = database;
        this.clock = clock;
        this.namespaces = new Namespaces(server.database(database));
        this.fitness = fitness;
    }

    @Override
    public Guarantee guarantee() {
        return server.guarantee();
    }

    @Override
    public boolean embeds() {
        return true;
    }

    @Override
    public Taken take(PartitionId id, String runId) {
        try {
            server.detect(database);
            BsonDocument taken = plain().collection(POSITIONS)
                    .findOneAndUpdate(
                            PositionDocuments.byId(id),
                            new BsonDocument("$inc", new BsonDocument(PositionDocuments.EPOCH, new BsonInt64(1))),
                            UPSERT);
            if (taken == null) {
                return new Taken.Away("it did not return the position that was just written");
            }
            arrays.takeOver(plain(), id);
            return new Taken.Ours(
                    PositionDocuments.number(taken, PositionDocuments.EPOCH),
                    PositionDocuments.read(taken),
                    parked(id, runId));
        } catch (MongoException e) {
            return new Taken.Away(Reasons.of(e));
        }
    }

    /** Parked keys of an earlier run are let go: the new run's snapshot brings their rows anew. */
    private Map<String, Parking> parked(PartitionId id, String runId) {
        Map<String, Parking> keys = new HashMap<>();
        BsonDocument ofPartition = Parked.ofPartition(id);
        for (BsonDocument document : plain().collection(PARKED).find(ofPartition)) {
            if (Parked.isOf(document, runId)) {
                keys.put(Parked.key(document), Parked.parking(document));
            } else {
                plain().collection(PARKED).deleteOne(new BsonDocument(Documents.ID, document.get(Documents.ID)));
            }
        }
        return keys;
    }

    @Override
    public Outcome begin(PartitionId id, long epoch, Position position) {
        return outcome(() -> {
            Session session = plain();
            long found = session.updateOne(
                            session.collection(POSITIONS),
                            PositionDocuments.guarded(id, epoch),
                            PositionDocuments.set(position, clock.instant()))
                    .getMatchedCount();
            return found == 1 ? new Outcome.Applied() : new Outcome.Fenced("another replica took " + id);
        });
    }

    @Override
    public Outcome apply(Batch batch) {
        return outcome(() -> {
            if (batch.route() instanceof Route.Table route) {
                ready(route, batch);
            }
            Outcome outcome = written(batch);
            // Without transactions a late replica may have written before it saw that it is late.
            if (outcome instanceof Outcome.Applied || outcome instanceof Outcome.Fenced) {
                arrays.settle(plain(), batch);
            }
            return outcome;
        });
    }

    private Outcome written(Batch batch) {
        try {
            return server.transactional() ? applyInOne(batch) : applyIn(plain(), batch, false);
        } catch (MongoException e) {
            if (!Faults.isTooMuch(e)) {
                throw e;
            }
            return new Outcome.TooMuch(Reasons.of(e));
        }
    }

    private void ready(Route.Table route, Batch batch) {
        fitness.check(route.table().target(), batch.folded().writes().stream().map(Write::key));
        batch.folded().shapes().forEach(CollectionFitness::check);
        Runnable filling =
                route.family() instanceof Family.Child child ? () -> arrays.allStale(plain(), batch, child) : () -> {};
        fields.ready(plain(), route.table().target(), batch.folded().shapes(), filling);
        arrays.prepare(plain(), route.family());
    }

    private Outcome applyInOne(Batch batch) {
        namespaces.ensure(PARKED);
        switch (batch.route()) {
            case Route.Table route -> {
                namespaces.ensure(MovedRows.COLLECTION);
                if (!(route.family() instanceof Family.None)) {
                    namespaces.ensure(StaleArrays.COLLECTION);
                }
                namespaces.ensure(route.table().target());
                // Of rows that are embedded elsewhere the transaction has to know all that go.
                if (batch.folded().truncated() && route.family() instanceof Family.None) {
                    new Emptying(server, database, Emptying.PAGE)
                            .run(batch, route.table().target());
                }
            }
            case Route.Heartbeat route -> namespaces.ensure(Heartbeats.COLLECTION);
        }
        Transaction transaction = new Transaction(server, database);
        try {
            return transaction.run(session -> applyIn(session, batch, false));
        } catch (TableWrites.RefusedException e) {
            if (!e.isOfUniqueness()) {
                throw e;
            }
            // Rows that exchange values stand in each other's way for the moment alone.
            return transaction.run(session -> applyIn(session, batch, true));
        }
    }

    private Outcome outcome(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (TableWrites.RefusedException e) {
            return new Outcome.Refused(e.reasons());
        } catch (CollectionFitness.UnfitException e) {
            return new Outcome.Away(String.valueOf(e.getMessage()));
        } catch (MongoException e) {
            fitness.forget();
            return new Outcome.Away(Reasons.of(e));
        }
    }

    /** In a transaction the guard comes first, so that a late replica stops before it writes; without one it comes last, too. */
    private Outcome applyIn(Session session, Batch batch, boolean clearFirst) {
        BsonDocument guard = PositionDocuments.guarded(
                batch.id(), batch.epoch(), batch.before().offset());
        boolean guarded = session.transaction() == null
                ? session.findOne(session.collection(POSITIONS), guard) != null
                : move(session, guard, batch);
        if (!guarded) {
            return alreadyOrFenced(batch);
        }
        writeRows(session, batch, clearFirst);
        park(session, batch);
        return session.transaction() != null || move(session, guard, batch)
                ? new Outcome.Applied()
                : alreadyOrFenced(batch);
    }

    private boolean move(Session session, BsonDocument guard, Batch batch) {
        BsonDocument set = PositionDocuments.set(batch.after(), clock.instant());
        return session.updateOne(session.collection(POSITIONS), guard, set).getMatchedCount() == 1;
    }

    /**
     * A commit whose answer was lost may have happened: then the position is where this batch would bring it, and on a majority, so that
     * no new primary takes it back.
     */
    private Outcome alreadyOrFenced(Batch batch) {
        Session session = server.transactional()
                ? new Session(server.database(database).withReadConcern(ReadConcern.MAJORITY), null)
                : plain();
        BsonDocument after = PositionDocuments.guarded(
                batch.id(), batch.epoch(), batch.after().offset());
        return session.findOne(session.collection(POSITIONS), after) != null
                ? new Outcome.Applied()
                : new Outcome.Fenced("another replica took " + batch.id());
    }

    private void writeRows(Session session, Batch batch, boolean clearFirst) {
        switch (batch.route()) {
            case Route.Table route -> {
                String collection = route.table().target();
                arrays.note(session, batch, route.family(), collection);
                new TableWrites(batch.id().pipeline(), collection, route.family(), session, server.documentLimit())
                        .apply(batch.folded(), clock.instant(), clearFirst);
            }
            case Route.Heartbeat route -> Heartbeats.write(session, batch, clock.instant());
        }
    }

    private void park(Session session, Batch batch) {
        BsonDateTime now = new BsonDateTime(clock.millis());
        List<WriteModel<BsonDocument>> models = new ArrayList<>();
        for (String key : batch.released()) {
            if (!batch.parked().containsKey(key)) {
                models.add(new DeleteOneModel<>(new BsonDocument(Documents.ID, Parked.id(batch.id(), key))));
            }
        }
        batch.parked().forEach((key, parking) -> {
            BsonDocument parked =
                    Parked.document(batch.id(), key, parking, batch.after().runId(), now);
            BsonDocument byId = new BsonDocument(Documents.ID, parked.get(Documents.ID));
            models.add(new ReplaceOneModel<>(byId, parked, new ReplaceOptions().upsert(true)));
        });
        session.write(session.collection(PARKED), models);
    }

    private Session plain() {
        return new Session(server.database(database), null);
    }
}
