package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Suspended;
import io.flywatch.runner.run.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepsIT {
    private static final String PREPARE = """
            - version: 1
              steps:
                - createCollection: { collection: things }
                - createIndex: { collection: things, keys: { name: 1, at: -1 }, options: { unique: true } }
                - insert: { collection: things, documents: [ { name: a }, { _id: 7, name: b, at: { $date: "2020-01-01T00:00:00Z" } } ] }
            """;

    private final Bench bench = new Bench(place());

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void takesWhatIsThereAlreadyWithTheSameDefinition() {
        bench.run(bench.migration(PREPARE));
        bench.collection(Books.LEDGER).drop();

        Outcome again = bench.run(bench.migration(PREPARE));

        assertThat(again).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").countDocuments()).isEqualTo(2);
    }

    @Test
    void refusesAnIndexThatIsThereWithAnotherDefinition() {
        bench.run(bench.migration(PREPARE));
        bench.collection(Books.LEDGER).drop();

        Outcome other = bench.run(bench.migration(PREPARE.replace("{ unique: true }", "{ unique: false }")));

        assertThat(message(other)).contains("index things.name_1_at_-1", "another definition", "unique");
    }

    @Test
    void refusesADocumentThatIsThereWithAnotherContent() {
        bench.collection("things").insertOne(BsonDocument.parse("{_id: 7, name: 'x'}"));

        Outcome outcome = bench.run(bench.migration(PREPARE));

        assertThat(message(outcome)).contains("Step 3 (insert things) of change set 1", "_id 7 ");
    }

    @Test
    void keepsTheServersOwnWordsAndGoesOnFromTheFailedStepWhenItIsCorrected() {
        String wrong = PREPARE + """
                - version: 2
                  steps:
                    - update: { collection: things, filter: { }, update: { $inc: { n: 1 } } }
                    - update: { collection: things, filter: { }, update: { $nonsense: { n: 1 } } }
                """;

        Outcome failed = bench.run(bench.migration(wrong));
        Outcome corrected = bench.run(bench.migration(wrong.replace("$nonsense: { n: 1 }", "$set: { m: 1 }")));

        assertThat(message(failed)).contains("Step 2 (update things) of change set 2", "the server says");
        assertThat(corrected).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 1, m: 1}")))
                .isEqualTo(2);
    }

    @Test
    void stopsBetweenBatchesOnDemandAndGoesOnLater() {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            documents.add(BsonDocument.parse("{_id: " + i + ", n: 0}"));
        }
        bench.collection("many").insertMany(documents);
        MongoMigration migration = bench.migration("""
                - version: 1
                  steps:
                    - update: { collection: many, filter: { }, update: { $inc: { n: 1 } }, batchSize: 10 }
                """);
        FakeJournal journal = new FakeJournal("test");
        journal.wish = Optional.empty();
        Faults cancels = point -> {
            if (point == Faults.Point.CHECKPOINT_MOVED || point == Faults.Point.COMMITTED) {
                journal.wish = Optional.of(Wish.CANCEL);
            }
        };

        Outcome stopped = bench.engine(cancels).work(migration, journal);
        long changed = bench.collection("many").countDocuments(BsonDocument.parse("{n: 1}"));
        Outcome done = bench.run(migration);

        assertThat(stopped).isEqualTo(new Outcome.Stopped());
        assertThat(changed).isEqualTo(10);
        assertThat(done).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("many").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(50);
    }

    @Test
    void keepsOutARunnerThatWasOvertaken() {
        bench.books().open();
        MongoMigration migration = bench.migration(PREPARE);
        ChangeSet changeSet = migration.changeSets().getFirst();
        StepKey key =
                StepKey.of("test", changeSet.version(), 1, changeSet.steps().getFirst());
        Checkpoints late = new Checkpoints(bench.books(), "test", 1);
        Checkpoints next = new Checkpoints(bench.books(), "test", 2);
        late.begin(key);

        next.begin(key);

        assertThatThrownBy(() -> late.begin(key)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> late.read(key, null)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> late.done(key, 1L)).isInstanceOf(Suspended.class);
        assertThat(next.read(key, null).done()).isFalse();
    }

    @Test
    void takesOverALeaseOnlyWhenItsHolderIsSilent() {
        bench.books().open();
        FakeJournal journal = new FakeJournal("test");

        Lease first = Lease.acquire(bench.books(), "test", "one", journal);
        bench.collection(Books.LEASE).updateOne(new BsonDocument(), BsonDocument.parse("{$set: {holder: ''}}"));
        Lease second = Lease.acquire(bench.books(), "test", "two", journal);

        assertThat(second.token()).isEqualTo(first.token() + 1);
        first.close();
        assertThat(bench.collection(Books.LEASE).countDocuments(BsonDocument.parse("{holder: 'two'}")))
                .isEqualTo(1);
        second.close();
    }

    private static String message(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        Outcome.Broken broken = (Outcome.Broken) outcome;
        assertThat(broken.failure().type()).isEqualTo(FailureType.REFUSED);
        return broken.failure().message();
    }
}
