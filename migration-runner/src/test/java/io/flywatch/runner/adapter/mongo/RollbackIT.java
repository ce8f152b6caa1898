package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RollbackIT {
    private static final int DOCUMENTS = 250;
    private static final String TWO = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: { $inc: { n: 1 } }, batchSize: 40 }
                  rollback: [ { update: { collection: things, filter: {}, update: { $inc: { n: -1 } }, batchSize: 30 } } ]
            - version: 2
              steps:
                - expect: { collection: things, count: %d }
                - renameCollection: { collection: things, to: items }
                  rollback: [ { renameCollection: { collection: items, to: things } } ]
                - createIndex: { collection: items, keys: { n: 1 } }
                  rollback: [ { dropIndex: { collection: items, keys: { n: 1 } } } ]
            """.formatted(DOCUMENTS);
    private static final Undo ALL = new Undo.After("0");

    private final Bench bench = new Bench(place());

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @BeforeEach
    void fill() {
        bench.collection("things")
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(it -> new BsonDocument(
                                        "_id", it % 2 == 0 ? new BsonInt32(it) : new BsonString("k" + it))
                                .append("n", new BsonInt32(0)))
                        .toList());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void undoesEverythingFromTheLastStepToTheFirst() {
        MongoMigration migration = bench.migration(TWO);
        bench.run(migration);
        FakeJournal journal = new FakeJournal("test");

        Outcome outcome = bench.engine(Faults.NONE).rollBack(migration, ALL, journal);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.engine(Faults.NONE).rollbackSteps(migration, ALL))
                .containsExactly(
                        "undo 2 createIndex items.n_1",
                        "undo 2 renameCollection things to items",
                        "undo 2 expect exactly 250 in things",
                        "undo 1 update things");
        assertThat(journal.finished).containsEntry(4, (long) DOCUMENTS);
        assertDocumentsAreUnchanged();
        assertBooksAreEmpty();
        assertThat(bench.books().ledger().find())
                .allSatisfy(it -> assertThat(it.getString("state").getValue()).isEqualTo("rolled-back"));
        assertThat(bench.run(migration)).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("items").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
    }

    static Stream<Faults.Point> points() {
        return Stream.of(Faults.Point.values());
    }

    /** The forward run is lost in the middle of a batched step, and then the rollback, too. */
    @ParameterizedTest
    @MethodSource("points")
    void undoesExactlyWhatALostRunnerHadDone(Faults.Point point) {
        MongoMigration migration = bench.migration(TWO);
        Loss loss = new Loss(point, 3);
        loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        Loss again = new Loss(point, 2);

        again.suffer(() -> bench.engine(again).rollBack(migration, ALL, new FakeJournal("test")));
        List<String> states = new ArrayList<>();
        bench.books()
                .ledger()
                .find()
                .forEach(it -> states.add(it.getString("state").getValue()));
        if (states.stream().anyMatch(it -> !it.equals("rolled-back"))) {
            assertThat(bench.engine(Faults.NONE).rollBack(migration, ALL, new FakeJournal("test")))
                    .isEqualTo(new Outcome.Done());
        }

        assertDocumentsAreUnchanged();
        assertThat(bench.run(migration)).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("items").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
        assertBooksAreEmpty();
    }

    @Test
    void refusesBeforeAnythingIsTouchedWhatNobodySaidHowToUndo() {
        MongoMigration migration = bench.migration(TWO + """
                - version: 3
                  steps:
                    - insert: { collection: other, documents: [ { _id: 1 } ] }
                """);
        bench.run(migration);

        assertThatThrownBy(() -> bench.engine(Faults.NONE).checkRollback(migration, ALL))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("Change set 3 can't be rolled back")
                .hasMessageContaining("step 1 (insert other)");
        Outcome outcome = bench.engine(Faults.NONE).rollBack(migration, ALL, new FakeJournal("test"));

        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        assertThat(bench.collection("items").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
    }

    @Test
    void undoesARunOnlyAfterWhatCameLater() {
        bench.run(bench.migration(TWO.substring(0, TWO.indexOf("- version: 2"))));
        MongoMigration both = bench.migration(TWO);
        bench.engine(Faults.NONE).work(both, new FakeJournal("test", "run-2"));

        assertThatThrownBy(() -> bench.engine(Faults.NONE).checkRollback(both, new Undo.OfRun("run-1")))
                .hasMessageContaining("Change set 2 was applied after 1, by run run-2");
        assertThat(bench.engine(Faults.NONE).rollBack(both, new Undo.OfRun("run-2"), new FakeJournal("test")))
                .isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
    }

    @Test
    void keepsTheFirstFailureWhenTheRollbackFailsToo() {
        MongoMigration migration = bench.migration("""
                - version: 1
                  steps:
                    - createCollection: { collection: other }
                      rollback: [ { runCommand: { command: { nonsense: 1 } } } ]
                    - update: { collection: things, filter: {}, update: { $bad: { n: 1 } } }
                      rollback: [ ]
                """);
        bench.run(migration);

        Outcome rollback = bench.engine(Faults.NONE).rollBack(migration, ALL, new FakeJournal("test"));
        Outcome forward = bench.run(migration);

        BsonDocument entry = bench.books().ledger().find().first();
        assertThat(((Outcome.Broken) rollback).failure().message()).contains("Rolling back step 1", "nonsense");
        assertThat(((Outcome.Broken) forward).failure().message()).contains("rolled back in part");
        assertThat(entry).isNotNull();
        assertThat(entry.getDocument("failure").getString("message").getValue()).contains("$bad");
        assertThat(entry.getDocument("rollbackFailure").getString("message").getValue())
                .contains("nonsense");
    }

    private void assertDocumentsAreUnchanged() {
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 0}")))
                .isEqualTo(DOCUMENTS);
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{_flywatch: {$exists: true}}")))
                .isZero();
        assertThat(bench.collection("items").countDocuments()).isZero();
    }

    private void assertBooksAreEmpty() {
        assertThat(bench.books().batches().countDocuments()).isZero();
        assertThat(bench.books().checkpoints().countDocuments()).isZero();
    }
}
