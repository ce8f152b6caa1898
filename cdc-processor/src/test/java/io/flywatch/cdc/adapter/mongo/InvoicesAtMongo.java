package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Invoices and their lines at a MongoDB: the stand-in, or the server that FLYWATCH_TEST_MONGODB_URI names. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InvoicesAtMongo {
    static final String DATABASE = "embedding_" + UUID.randomUUID().toString().substring(0, 8);

    static final Shape INVOICE = Shape.untyped(List.of("invoice_id", "customer", "note"));
    static final Shape LINE = Shape.untyped(List.of("line_id", "invoice_id", "article", "large"));

    private @Nullable AutoCloseable owned;

    @SuppressWarnings("NullAway.Init")
    protected Server server;

    protected String name = "none";
    private final Map<PartitionId, Long> epochs = new ConcurrentHashMap<>();
    private final Map<PartitionId, Long> offsets = new ConcurrentHashMap<>();

    String open(Consumer<AutoCloseable> closing) {
        return TestedServer.uri(closing);
    }

    @BeforeAll
    void start() {
        server = TestedServer.open("embedding", open(it -> owned = it));
    }

    @AfterAll
    void stop() throws Exception {
        server.database(DATABASE).drop();
        server.close();
        if (owned != null) {
            owned.close();
        }
    }

    @BeforeEach
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        name = name.substring(0, Math.min(30, name.length()));
    }

    Target target() {
        return new MongoTarget(server, DATABASE, Clock.systemUTC());
    }

    private List<TableRoute> tables() {
        return List.of(
                new TableRoute("public.invoice", name, List.of("invoice_id")),
                new TableRoute(
                        "public.line",
                        name + "_lines",
                        List.of("line_id"),
                        null,
                        null,
                        new Embedding("public.invoice", "lines", List.of("invoice_id"))));
    }

    private PartitionId id(String table) {
        return new PartitionId("pipe-" + name, "cdc.p.public." + table, 0);
    }

    void take(Target target, String table) {
        PartitionId id = id(table);
        switch (target.take(id, "run")) {
            case Taken.Ours ours -> epochs.put(id, ours.epoch());
            case Taken.Away away -> throw new AssertionError(away.reason());
        }
        if (offsets.putIfAbsent(id, 0L) == null) {
            assertThat(target.begin(id, epochs.getOrDefault(id, 0L), at(0))).isEqualTo(new Outcome.Applied());
        }
    }

    private static Position at(long offset) {
        return new Position(offset, "run", "topic", null, null, true, Counts.NONE);
    }

    /** As a lane does: what is away is asked again. */
    void apply(Target target, String table, Change... changes) {
        assertThat(attempt(target, table, changes)).isEqualTo(new Outcome.Applied());
        offsets.merge(id(table), (long) changes.length, Long::sum);
    }

    /** What becomes of changes; the position stays where it is. */
    Outcome attempt(Target target, String table, Change... changes) {
        Fold fold = new Fold();
        List.of(changes).forEach(fold::add);
        PartitionId id = id(table);
        List<TableRoute> tables = tables();
        TableRoute route = table.equals("invoice") ? tables.getFirst() : tables.getLast();
        long from = offsets.getOrDefault(id, 0L);
        Batch batch = new Batch(
                id,
                epochs.getOrDefault(id, 0L),
                new Route.Table(route, Family.of(route, tables)),
                fold.result(),
                at(from),
                at(from + changes.length),
                Set.of(),
                Map.of());
        Outcome outcome = new Outcome.Away("not asked yet");
        for (int i = 0; i < 200 && (outcome instanceof Outcome.Away || outcome instanceof Outcome.TooMuch); i++) {
            outcome = target.apply(batch);
        }
        return outcome;
    }

    static Key invoice(long id) {
        return new Key(List.of("invoice_id"), List.of(id));
    }

    static Key line(int id) {
        return new Key(List.of("line_id"), List.of(id));
    }

    static Change invoiced(long id, String customer) {
        return new Change.Put(invoice(id), new Row(INVOICE, id, customer, null), null);
    }

    /** The foreign key is narrower than the key, as it may be. */
    static Change lined(int id, @Nullable Integer invoice, Object article) {
        return new Change.Put(line(id), new Row(LINE, id, invoice, article, "large " + id), null);
    }

    static Change unlined(int id) {
        return new Change.Delete(line(id), null);
    }

    @Nullable
    List<String> lines(long invoice) {
        BsonDocument document = server.database(DATABASE)
                .getCollection(name, BsonDocument.class)
                .find(new BsonDocument("_id", new BsonInt64(invoice)))
                .first();
        if (document == null) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (BsonValue line : document.getArray("lines", new BsonArray())) {
            lines.add(line.asDocument().getInt32("line_id").getValue() + " "
                    + line.asDocument().getString("article").getValue());
        }
        return lines;
    }

    Target taken() {
        Target target = target();
        take(target, "invoice");
        take(target, "line");
        return target;
    }
}
