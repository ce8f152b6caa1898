package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Undo;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
    private static final Bench BENCH = new Bench();

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
        BENCH.close();
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void endsAsIfNothingHadHappened(
            @ForAll Kind kind,
            @ForAll @IntRange(min = 1, max = 3) int workers,
            @ForAll @IntRange(min = 5, max = 120) int batchSize,
            @ForAll @Size(max = 5) List<Faults.Point> points,
            @ForAll @IntRange(min = 1, max = 6) int times,
            @ForAll boolean undone) {
        fill();
        String pace = "batchSize: " + batchSize + ", workers: " + workers;
        MongoMigration migration = BENCH.migration("- version: 1\n  steps:\n    - " + kind.step.formatted(pace)
                + "\n      rollback: [ { update: { collection: things, filter: {}, update: { $inc: { n: -1 } }, " + pace
                + " } } ]\n");

        for (Faults.Point point : points) {
            Loss loss = new Loss(point, times);
            loss.suffer(() -> BENCH.engine(loss).work(migration, new FakeJournal("test")));
        }
        if (undone && kind != Kind.DELETE) {
            undo(migration, points, times);
            assertThat(count("{n: 0}")).isEqualTo(DOCUMENTS);
        }
        Outcome outcome = BENCH.run(migration);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        if (kind == Kind.DELETE) {
            assertThat(count("{odd: 1}")).isZero();
            assertThat(count("{odd: 0}")).isEqualTo(DOCUMENTS / 2 + 1);
        } else {
            assertThat(count("{n: 1}")).isEqualTo(DOCUMENTS);
        }
        assertThat(count("{_flywatch: {$exists: true}}")).isZero();
        assertThat(BENCH.books().batches().countDocuments()).isZero();
        assertThat(BENCH.books().checkpoints().countDocuments()).isZero();
    }

    private static void undo(MongoMigration migration, List<Faults.Point> points, int times) {
        Undo all = new Undo.After("0");
        for (Faults.Point point : points) {
            if (isLive()) {
                Loss loss = new Loss(point, times);
                loss.suffer(() -> BENCH.engine(loss).rollBack(migration, all, new FakeJournal("test")));
            }
        }
        if (isLive()) {
            assertThat(BENCH.engine(Faults.NONE).rollBack(migration, all, new FakeJournal("test")))
                    .isEqualTo(new Outcome.Done());
        }
    }

    private static boolean isLive() {
        return BENCH.books().ledger().countDocuments(BsonDocument.parse("{state: {$ne: 'rolled-back'}}")) > 0;
    }

    private static long count(String filter) {
        return BENCH.collection("things").countDocuments(BsonDocument.parse(filter));
    }

    private static void fill() {
        BENCH.database().drop();
        BENCH.collection("things")
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
