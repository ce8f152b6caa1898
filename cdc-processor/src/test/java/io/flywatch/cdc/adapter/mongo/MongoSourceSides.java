package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.adapter.verify.MappedSides;
import io.flywatch.cdc.adapter.verify.SourceDatabase;
import io.flywatch.cdc.adapter.verify.TargetDatabase;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.MongoEvents;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.cdc.verify.Limits;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.cdc.verify.Surroundings;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.TableVerification;
import io.flywatch.cdc.verify.TargetTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A collection that is written to while it is verified; its changes come to the target as Debezium would bring them, and late. */
final class MongoSourceSides implements Surroundings {
    private static final String RUN = "run-1";

    private final MongoCollection<BsonDocument> source;
    private final SourceDatabase database;
    private final Target target;
    private final TargetDatabase targetDatabase;
    private final TableRoute route;
    private final TableMapping mapping;
    private final PartitionId partition;
    private final long epoch;
    private final DocumentDecoder decoder = new DocumentDecoder(UnaryOperator.identity());
    private final Deque<Raw> onItsWay = new ArrayDeque<>();
    private final List<Mismatch> found = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private boolean repairs;
    private long offset;
    private int ordinal;

    MongoSourceSides(
            MongoCollection<BsonDocument> source,
            SourceDatabase database,
            Target target,
            TargetDatabase targetDatabase,
            TableRoute route,
            TableMapping mapping) {
        this.source = source;
        this.database = database;
        this.target = target;
        this.targetDatabase = targetDatabase;
        this.route = route;
        this.mapping = mapping;
        this.partition = new PartitionId(route.target(), "cdc.p." + route.source(), 0);
        if (!(target.take(partition, RUN) instanceof Taken.Ours ours)) {
            throw new AssertionError("the target is away");
        }
        this.epoch = ours.epoch();
        target.begin(partition, epoch, at(0));
    }

    /** What happens at the source each time that the target is waited for. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    void put(BsonDocument document) {
        BsonValue id = DocumentIds.of(document);
        source.replaceOne(new BsonDocument("_id", id), document, new ReplaceOptions().upsert(true));
        onItsWay.add(MongoEvents.change("u", id, document, 1_700_000_000L, ++ordinal));
    }

    void delete(BsonValue id) {
        source.deleteOne(new BsonDocument("_id", id));
        onItsWay.add(MongoEvents.change("d", id, null, 1_700_000_000L, ++ordinal));
    }

    /** All that is on its way arrives. */
    void arrive() {
        arrive(onItsWay.size());
    }

    private void arrive(int most) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Decoded decoded = mapping.apply(decoder.decode(onItsWay.remove()));
            changes.add(((Decoded.Of) decoded).captured().change());
        }
        apply(changes);
    }

    private void apply(Iterable<Change> changes) {
        Fold fold = new Fold();
        changes.forEach(fold::add);
        Batch batch = new Batch(
                partition,
                epoch,
                new Route.Table(route),
                fold.result(),
                at(offset),
                at(offset + 1),
                Set.of(),
                Map.of());
        Outcome outcome = target.apply(batch);
        if (!(outcome instanceof Outcome.Applied)) {
            throw new AssertionError(outcome);
        }
        offset++;
    }

    private static Position at(long offset) {
        return new Position(
                offset,
                RUN,
                "topic-1",
                new SourcePosition(List.of(7L, offset)),
                1_700_000_000_000_000L + offset,
                true,
                new Counts(1, offset, 0, 0, 0));
    }

    /** What a verification finds. */
    List<Mismatch> verify() {
        return verify(false);
    }

    /** What a verification finds that repairs. */
    List<Mismatch> repair() {
        return verify(true);
    }

    private List<Mismatch> verify(boolean repairing) {
        repairs = repairing;
        found.clear();
        SourceDatabase.Read read = database.read(route);
        TargetDatabase.Side side = targetDatabase.side(new Route.Table(route), read.shape(mapping));
        SourceTable from = read.table(false, MappedSides.mapped(side.form(), mapping));
        TargetTable to = side.table();
        TableVerification verification = new TableVerification(from, to, new Limits(64, 50, 30, 10_000, 1), this);
        TableState state = TableState.of(route.source(), route.target()).begun(null, side.notes());
        while (!state.isDone()) {
            state = verification.step(state);
        }
        return List.copyOf(found);
    }

    @Override
    public void awaitLikelyApplied(Moment committed) {
        meanwhile.run();
        arrive(onItsWay.size() / 2);
    }

    @Override
    public Optional<String> awaitApplied(Moment committed) {
        arrive();
        return Optional.empty();
    }

    @Override
    public Set<RowKey> repair(List<RowKey> keys) {
        if (!repairs) {
            return Set.of();
        }
        Map<RowKey, Change> changes = database.read(route).changes(mapping).apply(keys);
        apply(changes.values());
        return new HashSet<>(changes.keySet());
    }

    @Override
    public void found(List<Mismatch> mismatches) {
        found.addAll(mismatches);
    }

    /** A connection without more than its URL. */
    record Login(
            String url, @Nullable String user, @Nullable String secret) implements Connections.Connection {
        @Override
        public Optional<String> username() {
            return Optional.ofNullable(user);
        }

        @Override
        public Optional<String> password() {
            return Optional.ofNullable(secret);
        }
    }
}
