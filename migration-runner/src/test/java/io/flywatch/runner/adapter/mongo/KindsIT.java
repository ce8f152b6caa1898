package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.ReplaceOptions;
import io.flywatch.runner.change.ChangeContext;
import io.flywatch.runner.change.JavaChange;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of step does, and that it does it once if the runner is lost between the effect and the checkpoint. */
class KindsIT {
    private static final String RENAME = "{ renameCollection: { collection: things, to: items } }";
    private static final String DROP = "{ dropCollection: { collection: things } }";
    private static final String INDEX = "{ createIndex: { collection: things, keys: { a: 1 } } }";
    private static final String CREATE = "{ createCollection: { collection: fresh } }";
    private static final String COPY =
            "{ aggregate: { collection: things, pipeline: [ { $match: { n: { $gt: 5 } } }, { $merge: { into: copy } } ] } }";
    private static final String COMMAND =
            "{ runCommand: { command: { insert: log, documents: [ { _id: 1 } ] }, repeatable: false } }";

    private final Bench bench = new Bench(place());

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {RENAME, DROP, INDEX, CREATE, COPY})
    void doesNothingTwiceWhenLostBetweenEffectAndCheckpoint(String step) {
        fill(10);
        MongoMigration migration = migration(step);
        Loss loss = new Loss(Faults.Point.EFFECT, 1);

        loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        Outcome outcome = bench.run(migration);

        assertThat(loss.happened()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome.Done());
    }

    @Test
    void renamesAndKeepsTheDocuments() {
        fill(10);

        Outcome outcome = bench.run(migration(RENAME));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("items").countDocuments()).isEqualTo(10);
        assertThat(bench.collection("things").countDocuments()).isZero();
    }

    @Test
    void refusesToRenameOntoSomethingAndWhatIsNotThere() {
        assertThat(failure(migration(RENAME)).message()).contains("no collection things", "no items");

        fill(1);
        bench.collection("items").insertOne(new BsonDocument());

        assertThat(failure(migration(RENAME)).message()).contains("items already");
    }

    @Test
    void dropsAnIndexByItsNameOrItsKeys() {
        fill(1);
        bench.run(migration(INDEX + ", { createIndex: { collection: things, keys: { b: -1 }, name: mine } }"));
        bench.collection(Books.LEDGER).drop();

        Outcome outcome = bench.run(
                migration(
                        "{ dropIndex: { collection: things, keys: { a: 1 } } },"
                                + "{ dropIndex: { collection: things, name: mine } }, { dropIndex: { collection: things, name: gone } }"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").listIndexes()).hasSize(1);
    }

    @Test
    void restrictsDocumentsOrSaysThatTheServerCanNot() {
        fill(1);
        MongoMigration migration = migration(
                "{ setValidator: { collection: things, validator: { n: { $type: int } }, level: moderate } }");

        Outcome outcome = bench.run(migration);

        if (bench.abilities().transactions()) {
            assertThat(outcome).isEqualTo(new Outcome.Done());
        } else {
            assertThat(((Outcome.Broken) outcome).failure().type()).isEqualTo(FailureType.UNSUPPORTED);
            assertThat(((Outcome.Broken) outcome).failure().message()).contains("collMod", "createCollection");
        }
    }

    @Test
    void mergesWhatAnAggregationComputes() {
        fill(10);

        bench.run(migration(COPY));

        assertThat(bench.collection("copy").countDocuments()).isEqualTo(4);
    }

    @Test
    void doesNotRepeatACommandThatMayHaveTakenEffect() {
        MongoMigration migration = migration(COMMAND);
        Loss loss = new Loss(Faults.Point.EFFECT, 1);
        loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));

        Failure failure = failure(migration);
        Outcome edited = bench.run(migration("{ expect: { collection: log, count: 1 } }"));

        assertThat(failure.message()).contains("not known whether it took effect", "repeatable: true");
        assertThat(edited).isEqualTo(new Outcome.Done());
    }

    @Test
    void tellsWhatACommandAnswersAndLetsItBeCorrected() {
        Failure failure = failure(migration("{ runCommand: { command: { nonsense: 1 } } }"));
        Outcome corrected = bench.run(migration(COMMAND));

        assertThat(failure.message()).contains("Step 1 (runCommand nonsense) of change set 1", "the server says");
        assertThat(corrected).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("log").countDocuments()).isEqualTo(1);
    }

    @Test
    void failsWhenMoreOrLessIsFoundThanExpected() {
        fill(10);

        assertThat(failure(migration("{ expect: { collection: things, filter: { n: { $gt: 7 } }, count: 0 } }")))
                .satisfies(it -> assertThat(it.type()).isEqualTo(FailureType.EXPECTATION))
                .satisfies(it -> assertThat(it.message()).contains("expected no document", "1 or more", "\"_id\""));
        assertThat(failure(migration("{ expect: { collection: things, atLeast: 11 } }"))
                        .message())
                .contains("at least 11", "there are 10.");
        assertThat(bench.run(migration("{ expect: { collection: things, atLeast: 5, atMost: 10 } }")))
                .isEqualTo(new Outcome.Done());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void deletesInBatchesAlsoWhatComesBehindTheCursor(int workers) {
        fill(300);
        MongoMigration migration =
                migration("{ delete: { collection: things, filter: { n: { $gte: 100 } }, batchSize: 30, workers: %d } }"
                        .formatted(workers));
        AtomicBoolean inserted = new AtomicBoolean();
        Faults late = point -> {
            if (point == Faults.Point.WALK_DONE && inserted.compareAndSet(false, true)) {
                bench.collection("things")
                        .replaceOne(
                                BsonDocument.parse("{_id: -1}"),
                                BsonDocument.parse("{_id: -1, n: 100}"),
                                new ReplaceOptions().upsert(true));
            }
        };
        FakeJournal journal = new FakeJournal("test");

        Outcome outcome = bench.engine(late).work(migration, journal);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{_id: {$gte: 0}}")))
                .isEqualTo(100);
        // Another lane than that of the late document may have been the first to come to its end.
        assertThat(journal.finished.getOrDefault(1, 0L)
                        + bench.collection("things").countDocuments())
                .isEqualTo(301);
        assertThat(bench.books().batches().countDocuments()).isZero();
    }

    @Test
    void callsAJavaChangeAgainFromWhereItWas() {
        Counting change = new Counting();
        bench.changes.add(change);
        MongoMigration migration = migration("{ java: { bean: counting, with: { upTo: 5 } } }");
        change.failsAt = 3;

        Failure failure = failure(migration);
        change.failsAt = -1;
        FakeJournal journal = new FakeJournal("test");
        Outcome outcome = bench.engine(Faults.NONE).work(migration, journal);

        assertThat(failure.message()).contains("'counting' failed", "at 3");
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(change.did).containsExactly(0, 1, 2, 3, 4);
        assertThat(journal.finished).containsEntry(1, 2L);
    }

    @Test
    void findsOutThatAJavaChangeIsAnotherOneNow() {
        Counting change = new Counting();
        bench.changes.add(change);
        MongoMigration migration = migration("{ java: { bean: counting } }");
        bench.run(migration);
        change.version = "2";

        Failure failure = failure(migration);
        bench.changes.clear();

        assertThat(failure.message()).contains("Change set 1 was edited");
        assertThat(failure(migration).message()).contains("no Java change 'counting'");
    }

    private void fill(int documents) {
        bench.collection("things")
                .insertMany(IntStream.range(0, documents)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt32(it)).append("n", new BsonInt32(it)))
                        .toList());
    }

    private Failure failure(MongoMigration migration) {
        Outcome outcome = bench.run(migration);
        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        return ((Outcome.Broken) outcome).failure();
    }

    private MongoMigration migration(String steps) {
        return bench.migration("- { version: 1, steps: [ " + steps + " ] }\n");
    }

    /** Counts, and keeps how far it is. */
    private static final class Counting implements JavaChange {
        private final List<Integer> did = new ArrayList<>();
        private String version = "1";
        private int failsAt = -1;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public void apply(ChangeContext context) {
            int upTo = context.with().getInt32("upTo", new BsonInt32(0)).getValue();
            int from =
                    context.position().map(it -> it.getInt32("next").getValue()).orElse(0);
            for (int i = from; i < upTo; i++) {
                context.checkIn();
                if (i == failsAt) {
                    throw new IllegalStateException("at " + i);
                }
                did.add(i);
                context.keep(new BsonDocument("next", new BsonInt32(i + 1)), null);
                context.changed(1);
            }
        }
    }
}
