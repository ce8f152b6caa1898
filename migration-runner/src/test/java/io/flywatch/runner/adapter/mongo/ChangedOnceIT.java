package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mongodb.client.model.Filters;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that is wrong if it happens twice, with a filter that goes on matching: the runner is lost everywhere. */
class ChangedOnceIT {
    private static final int DOCUMENTS = 557;
    private static final String OPERATORS = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: { $inc: { n: 1 } }, batchSize: 120 }
            """;
    private static final String PIPELINE = """
            - version: 1
              steps:
                - update:
                    collection: things
                    filter: {}
                    update: [ { $addFields: { n: { $add: [ $n, 1 ] } } } ]
                    batchSize: 120
            """;

    private final Bench bench = new Bench(place());

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @BeforeEach
    void fill() {
        bench.collection("things").insertMany(documents());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> losses() {
        List<Arguments> losses = new ArrayList<>();
        for (Faults.Point point : Faults.Point.values()) {
            losses.add(Arguments.of(point, 1, OPERATORS));
            losses.add(Arguments.of(point, 3, PIPELINE));
        }
        return losses.stream();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void changesEachDocumentOnceWhereverTheRunnerIsLost(Faults.Point point, int times, String changeSets) {
        MongoMigration migration = bench.migration(changeSets);
        Loss loss = new Loss(point, times);

        loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        Outcome outcome = bench.run(migration);

        assertThat(loss.happened()).isEqualTo(isPassed(point) && times <= passes(point));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertEachChangedOnce(DOCUMENTS);
    }

    /** Which points lie on the way that the server allows. */
    private boolean isPassed(Faults.Point point) {
        boolean transactional = bench.abilities().transactions();
        return switch (point) {
            case LEDGER_BEGUN, STEP_BEGUN, EFFECT, WALK_DONE, STEP_DONE, CHANGE_SET_DONE -> true;
            case IN_TRANSACTION, COMMITTED -> transactional;
            case BATCH_NOTED, SOME_CHANGED, ALL_CHANGED, BATCH_APPLIED, CHECKPOINT_MOVED, MARKS_REMOVED ->
                !transactional;
        };
    }

    private static int passes(Faults.Point point) {
        return switch (point) {
            case LEDGER_BEGUN, STEP_BEGUN, EFFECT, WALK_DONE, STEP_DONE, CHANGE_SET_DONE -> 1;
            default -> 3;
        };
    }

    @Test
    void changesEachDocumentOnceWhenLostWhereAnotherOnesBatchIsCounted() {
        assumeFalse(bench.abilities().transactions());
        MongoMigration migration = bench.migration(OPERATORS);
        Loss first = new Loss(Faults.Point.SOME_CHANGED, 2);
        Loss second = new Loss(Faults.Point.BATCH_APPLIED, 1);
        FakeJournal journal = new FakeJournal("test");

        first.suffer(() -> bench.engine(first).work(migration, new FakeJournal("test")));
        second.suffer(() -> bench.engine(second).work(migration, new FakeJournal("test")));
        bench.engine(Faults.NONE).work(migration, journal);

        assertThat(second.happened()).isTrue();
        assertThat(journal.finished).containsExactly(entry(1, (long) DOCUMENTS));
        assertEachChangedOnce(DOCUMENTS);
    }

    @Test
    void changesEachDocumentOnceWhenLostAgainAndAgain() {
        MongoMigration migration = bench.migration(OPERATORS);

        for (Faults.Point point : Faults.Point.values()) {
            Loss loss = new Loss(point, 1);
            loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        }
        bench.run(migration);

        assertEachChangedOnce(DOCUMENTS);
    }

    @Test
    void findsDocumentsThatCameBehindTheCursorAndBehindItsEnd() {
        MongoMigration migration = bench.migration(OPERATORS);
        Faults insertsBehind = point -> {
            if (point == Faults.Point.WALK_DONE) {
                bench.collection("things").insertMany(List.of(thing(-5), thing(1_000_000)));
                bench.collection("things")
                        .insertOne(new BsonDocument("_id", new BsonString("a")).append("n", new BsonInt32(0)));
                bench.collection("things")
                        .insertOne(new BsonDocument("_id", new BsonString("0x")).append("n", new BsonInt32(0)));
            }
        };

        Outcome outcome = bench.engine(insertsBehind).work(migration, new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertEachChangedOnce(DOCUMENTS + 4);
    }

    @Test
    void changesWhatDidNotMatchWhenItsBatchWasChangedAndDoesAgain() {
        // Among those of the third batch, which are looked for while the second is at work.
        BsonDocument one = BsonDocument.parse("{_id: 376}");
        AtomicInteger batches = new AtomicInteger();
        Faults takesOutAndPutsBack = point -> {
            boolean between = point == Faults.Point.COMMITTED || point == Faults.Point.MARKS_REMOVED;
            if (between && batches.incrementAndGet() == 2) {
                bench.collection("things").updateOne(one, BsonDocument.parse("{$set: {out: 1}}"));
            }
            if (point == Faults.Point.WALK_DONE) {
                bench.collection("things").updateOne(one, BsonDocument.parse("{$unset: {out: 1}}"));
            }
        };
        FakeJournal journal = new FakeJournal("test");

        Outcome outcome = bench.engine(takesOutAndPutsBack)
                .work(bench.migration(OPERATORS.replace("filter: {}", "filter: { out: { $exists: false } }")), journal);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(journal.finished).containsExactly(entry(1, (long) DOCUMENTS));
        assertEachChangedOnce(DOCUMENTS);
    }

    @Test
    void countsDocumentsAndLeavesNothingBehind() {
        MongoMigration migration = bench.migration(PIPELINE);
        FakeJournal journal = new FakeJournal("test");

        bench.engine(Faults.NONE).work(migration, journal);

        assertThat(journal.finished).containsExactly(entry(1, (long) DOCUMENTS));
        assertThat(journal.progress.get().rowsDone()).isEqualTo(DOCUMENTS);
        assertThat(bench.books().batches().countDocuments()).isZero();
        assertThat(bench.books().checkpoints().countDocuments()).isZero();
    }

    private void assertEachChangedOnce(long documents) {
        assertThat(bench.collection("things").countDocuments(Filters.eq("n", 1)))
                .isEqualTo(documents);
        assertThat(bench.collection("things").countDocuments()).isEqualTo(documents);
        assertThat(bench.collection("things").countDocuments(Filters.exists(Books.MARK)))
                .isZero();
    }

    /** Ids of several types: each type is walked for itself. */
    private static List<BsonDocument> documents() {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(
                    i % 3 == 0
                            ? new BsonDocument("_id", new BsonString("k" + i)).append("n", new BsonInt32(0))
                            : thing(i));
        }
        return documents;
    }

    private static BsonDocument thing(int id) {
        return new BsonDocument("_id", new BsonInt32(id)).append("n", new BsonInt32(0));
    }
}
