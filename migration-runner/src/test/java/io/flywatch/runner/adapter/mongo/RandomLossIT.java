package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Undo;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Whatever is lost wherever and however often: the end is that of an undisturbed run. */
class RandomLossIT {
    private static final int DOCUMENTS = 211;
    private static final Map<Place, Bench> BENCHES = new EnumMap<>(Place.class);

    /** What is walked; each is wrong if it happens twice to a document or not at all. */
    enum Kind {
        OPERATORS("update: { collection: things, filter: {}, update: { $inc: { n: 1 } }, %s }"),
        PIPELINE("update: { collection: things, filter: {}, update: [ { $set: { n: { $add: [ $n, 1 ] } } } ], %s }"),
        DELETE("delete: { collection: things, filter: { n: 0, odd: 1 }, %s }");

        private final String step;

        Kind(String step) {
            this.step = step;
        }
    }

    @AfterContainer
    static void close() {
        BENCHES.values().forEach(Bench::close);
    }

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(Place.all());
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void endsAsIfNothingHadHappened(
            @ForAll("places") Place place,
            @ForAll Kind kind,
            @ForAll @IntRange(min = 1, max = 3) int workers,
            @ForAll @IntRange(min = 5, max = 120) int batchSize,
            @ForAll @Size(max = 5) List<Faults.Point> points,
            @ForAll @IntRange(min = 1, max = 6) int times,
            @ForAll boolean undone) {
        Bench bench = BENCHES.computeIfAbsent(place, Bench::new);
        fill(bench);
        String pace = "batchSize: " + batchSize + ", workers: " + workers;
        MongoMigration migration = bench.migration("- version: 1\n  steps:\n    - " + kind.step.formatted(pace)
                + "\n      rollback: [ { update: { collection: things, filter: {}, update: { $inc: { n: -1 } }, " + pace
                + " } } ]\n");

        for (Faults.Point point : points) {
            Loss loss = new Loss(point, times);
            loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        }
        if (undone && kind != Kind.DELETE) {
            undo(bench, migration, points, times);
            assertThat(count(bench, "{n: 0}")).isEqualTo(DOCUMENTS);
        }
        Outcome outcome = bench.run(migration);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        if (kind == Kind.DELETE) {
            assertThat(count(bench, "{odd: 1}")).isZero();
            assertThat(count(bench, "{odd: 0}")).isEqualTo(DOCUMENTS / 2 + 1);
        } else {
            assertThat(count(bench, "{n: 1}")).isEqualTo(DOCUMENTS);
        }
        assertThat(count(bench, "{_flywatch: {$exists: true}}")).isZero();
        assertThat(bench.books().batches().countDocuments()).isZero();
        assertThat(bench.books().checkpoints().countDocuments()).isZero();
    }

    private static void undo(Bench bench, MongoMigration migration, List<Faults.Point> points, int times) {
        Undo all = new Undo.After("0");
        for (Faults.Point point : points) {
            if (isLive(bench)) {
                Loss loss = new Loss(point, times);
                loss.suffer(() -> bench.engine(loss).rollBack(migration, all, new FakeJournal("test")));
            }
        }
        if (isLive(bench)) {
            assertThat(bench.engine(Faults.NONE).rollBack(migration, all, new FakeJournal("test")))
                    .isEqualTo(new Outcome.Done());
        }
    }

    private static boolean isLive(Bench bench) {
        return bench.books().ledger().countDocuments(BsonDocument.parse("{state: {$ne: 'rolled-back'}}")) > 0;
    }

    private static long count(Bench bench, String filter) {
        return bench.collection("things").countDocuments(BsonDocument.parse(filter));
    }

    private static void fill(Bench bench) {
        bench.database().drop();
        bench.collection("things")
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(it -> new BsonDocument("_id", id(it))
                                .append("n", new BsonInt32(0))
                                .append("odd", new BsonInt32(it % 2)))
                        .toList());
    }

    private static BsonValue id(int number) {
        return switch (number % 4) {
            case 0 -> new BsonInt32(number);
            case 1 -> new BsonString("k" + number);
            case 2 -> new BsonObjectId();
            default -> new BsonDocument("a", new BsonInt32(number));
        };
    }
}
