package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Suspended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that may go wrong beside the loss of the runner. */
class TroubleIT {
    private static final int DOCUMENTS = 300;
    private static final String INC = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: { $inc: { n: 1 } }, batchSize: 20 }
            """;

    private final CutLine line = new CutLine();
    private final boolean real = place() == Place.NAMED;
    private final Bench bench = new Bench(place(), uri -> real ? uri : line.to(uri));

    /** Where it runs. */
    Place place() {
        return Place.usual();
    }

    @AfterEach
    void close() {
        bench.close();
        line.close();
    }

    @Test
    void waitsForATargetThatIsAwayInTheMiddleOfABatchAndSaysSo() {
        fill();
        FakeJournal journal = new FakeJournal("test");
        AtomicLong passed = new AtomicLong();
        Faults cuts = point -> {
            if ((point == Faults.Point.SOME_CHANGED || point == Faults.Point.IN_TRANSACTION)
                    && passed.incrementAndGet() == 7) {
                line.cut();
                Thread.ofVirtual().start(() -> {
                    await().atMost(Duration.ofSeconds(60))
                            .until(() ->
                                    real || journal.progress.get().activity().startsWith("waiting: the target"));
                    line.mend();
                });
            }
        };

        Outcome outcome = bench.engine(cuts).work(bench.migration(INC), journal);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(passed).hasValueGreaterThan(10);
        assertChangedOnce();
    }

    @Test
    void stopsBeforeTheNextWriteWhenAnotherRunnerHasTakenOver() throws InterruptedException {
        fill();
        MongoMigration migration = bench.migration(INC);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicLong passed = new AtomicLong();
        Faults stands = point -> {
            boolean between = point == Faults.Point.MARKS_REMOVED || point == Faults.Point.COMMITTED;
            if (between && passed.incrementAndGet() == 4) {
                reached.countDown();
                waitFor(go);
            }
        };
        CompletableFuture<Throwable> late = CompletableFuture.supplyAsync(() -> {
            try {
                bench.engine(stands).work(migration, new FakeJournal("test"));
                return new AssertionError("it went on");
            } catch (Suspended e) {
                return e;
            }
        });
        reached.await();
        bench.collection(Books.LEASE).updateOne(new BsonDocument(), BsonDocument.parse("{$set: {holder: ''}}"));

        Outcome outcome = bench.run(migration);
        go.countDown();

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(late.join()).isInstanceOf(Suspended.class);
        assertChangedOnce();
    }

    @Test
    void namesTheDocumentThatTheServerRefusesAndGoesOnWhenItIsCorrected() {
        fill();
        bench.run(
                bench.migration(
                        "- { version: 0, steps: [ { createIndex: { collection: things, keys: { k: 1 }, options: { unique: true, sparse: true } } } ] }\n"));
        bench.collection("things").insertOne(BsonDocument.parse("{_id: 'taken', k: 'x', n: 0}"));
        String change = """
                - version: 0
                  steps: [ { createIndex: { collection: things, keys: { k: 1 }, options: { unique: true, sparse: true } } } ]
                - version: 1
                  steps:
                    - update: { collection: things, filter: { _id: { $gte: 0 } }, update: { $inc: { n: 1 } }, batchSize: 50 }
                    - update: { collection: things, filter: { _id: 77 }, update: { $set: { k: x } } }
                """;

        Outcome refused = bench.run(bench.migration(change));
        bench.collection("things").deleteOne(BsonDocument.parse("{_id: 'taken'}"));
        Outcome corrected = bench.run(bench.migration(change));

        Failure failure = ((Outcome.Broken) refused).failure();
        assertThat(failure.message()).contains("Step 2 (update things) of change set 1", "_id 77", "11000");
        assertThat(failure.keyRange()).isEqualTo("_id 77");
        assertThat(failure.serverCode()).startsWith("11000");
        assertThat(corrected).isEqualTo(new Outcome.Done());
        assertChangedOnce();
    }

    @Test
    void changesAllButTheDocumentThatWouldBeTooLarge() {
        String large = "x".repeat(9_000_000);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            documents.add(BsonDocument.parse("{_id: " + i + ", n: 0, a: ''}"));
        }
        bench.collection("things").insertMany(documents);
        bench.collection("things")
                .updateOne(
                        BsonDocument.parse("{_id: 23}"),
                        new BsonDocument("$set", BsonDocument.parse("{a: '" + large + "'}")));
        MongoMigration migration = bench.migration("""
                - version: 1
                  steps:
                    - update: { collection: things, filter: {}, update: [ { $set: { n: { $add: [ $n, 1 ] }, a: { $concat: [ $a, $a ] } } } ] }
                """);

        Outcome outcome = bench.run(migration);

        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        assertThat(((Outcome.Broken) outcome).failure().message()).contains("_id 23");
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{_id: 23, n: 1}")))
                .isZero();
    }

    @Test
    void endsWithTheServersWordsWhenAUniqueIndexMeetsADuplicate() {
        bench.collection("things").insertMany(List.of(BsonDocument.parse("{k: 1}"), BsonDocument.parse("{k: 1}")));

        Outcome outcome = bench.run(
                bench.migration(
                        "- { version: 1, steps: [ { createIndex: { collection: things, keys: { k: 1 }, options: { unique: true } } } ] }\n"));

        Failure failure = ((Outcome.Broken) outcome).failure();
        assertThat(failure.serverCode()).startsWith("11000");
        assertThat(failure.step()).isEqualTo("1 createIndex things.k_1");
    }

    @Test
    void tellsAFilterThatTheServerRefuses() {
        fill();

        Outcome outcome = bench.run(bench.migration(
                "- { version: 1, steps: [ { delete: { collection: things, filter: { n: { $nonsense: 1 } } } } ] }\n"));

        assertThat(((Outcome.Broken) outcome).failure().message())
                .contains("Step 1 (delete things) of change set 1", "$nonsense");
        assertThat(bench.collection("things").countDocuments()).isEqualTo(DOCUMENTS);
    }

    @Test
    void doesNotMindAClockThatIsSetBack() {
        fill();

        Outcome outcome =
                bench.engine(Faults.NONE, new Backwards()).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertChangedOnce();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill() {
        bench.collection("things")
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt32(it)).append("n", new BsonInt32(0)))
                        .toList());
    }

    private void assertChangedOnce() {
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
    }

    /** An hour earlier each time it is looked at. */
    private static final class Backwards extends Clock {
        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            now = now.minusSeconds(3600);
            return now;
        }
    }
}
