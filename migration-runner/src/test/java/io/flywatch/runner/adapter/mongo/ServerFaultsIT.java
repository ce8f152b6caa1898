package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.stack.replica.FailPoint;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica set that fails as real ones do: each document is changed once all the same. */
class ServerFaultsIT {
    private static final int DOCUMENTS = 200;
    private static final String INC = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: [ { $set: { n: { $add: [ $n, 1 ] } } } ], batchSize: 20 }
            """;

    private final Bench bench = new Bench(Place.REPLICA_SET);

    @BeforeEach
    void fill() {
        bench.collection("things")
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt32(it)).append("n", new BsonInt32(0)))
                        .toList());
    }

    @AfterEach
    void close() {
        bench.faulty().heal();
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 112, 251, 262, 10107, 11602})
    void repeatsWhatAnErrorAllowsToRepeat(int code) {
        bench.faulty().fail(FailPoint.error(code, "update").skip(9));
        bench.faulty().fail(FailPoint.error(code, "commitTransaction").skip(2).times(3));

        assertThat(bench.run(bench.migration(INC))).isEqualTo(new Outcome.Done());

        assertChangedOnce();
    }

    @Test
    void commitsOnceHoweverManyAnswersAreLost() {
        int answers = 3;
        bench.faulty().fail(FailPoint.lostAnswer("commitTransaction").skip(3).times(answers));
        bench.faulty()
                .fail(FailPoint.lostAnswer("update", "insert", "findAndModify")
                        .skip(11)
                        .times(answers));
        bench.faulty().fail(FailPoint.lostRequest("commitTransaction", "find").skip(9));

        assertThat(bench.run(bench.migration(INC))).isEqualTo(new Outcome.Done());

        assertChangedOnce();
    }

    @Test
    void goesOnWithTheNewPrimary() {
        AtomicInteger passed = new AtomicInteger();
        Faults stepsDown = point -> {
            if (point == Faults.Point.IN_TRANSACTION && passed.incrementAndGet() % 4 == 2) {
                bench.faulty().stepDown(Duration.ofMillis(300));
            }
        };

        Outcome outcome = bench.engine(stepsDown).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(passed).hasValueGreaterThan(10);
        assertChangedOnce();
    }

    @Test
    void setsNoLimitOfTimeForLookingForDocumentsThatLieFarApart() {
        bench.collection("things").insertOne(BsonDocument.parse("{_id: 'other', n: 1, m: 1}"));
        // Each command with a limit of time comes to it.
        timeOut("alwaysOn");

        Outcome outcome = bench.run(bench.migration(INC + "    - delete: { collection: things, filter: { m: 1 } }\n"));

        timeOut("off");
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertChangedOnce();
        assertThat(bench.collection("things").countDocuments()).isEqualTo(DOCUMENTS);
    }

    @Test
    void looksForDocumentsByTheirIdsWhereSortingThemTakesTooMuchMemory() {
        AtomicInteger batches = new AtomicInteger();
        Faults sortsTooMuch = point -> {
            if (point == Faults.Point.COMMITTED && batches.incrementAndGet() == 3) {
                bench.faulty().fail(FailPoint.error(292, "find").times(3));
            }
        };

        Outcome outcome = bench.engine(sortsTooMuch).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.faulty().hasFailed()).isTrue();
        assertChangedOnce();
    }

    @Test
    void asksForABatchByFourCommandsAndLooksForTheNextOneBeside() {
        Map<String, Integer> few = asked(10);
        Map<String, Integer> many = asked(20);

        assertThat(more(few, many, "find", "things")).isBetween(10, 12);
        assertThat(more(few, many, "update", "things")).isEqualTo(10);
        assertThat(more(few, many, "insert", Books.BATCH)).isEqualTo(10);
        assertThat(more(few, many, "update", Books.CHECKPOINT)).isEqualTo(10);
        assertThat(more(few, many, "commitTransaction", "")).isEqualTo(10);
        assertThat(more(few, many, "find", Books.CHECKPOINT)).isZero();
        assertThat(more(few, many, "find", Books.BATCH)).isZero();
        assertThat(more(few, many, "abortTransaction", "")).isZero();
    }

    /** What so many batches of a run cost, as the server sees it. */
    private Map<String, Integer> asked(int batches) {
        bench.collection("things").deleteMany(new BsonDocument());
        bench.collection("things")
                .insertMany(IntStream.range(0, batches * 20)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt32(it)).append("n", new BsonInt32(0)))
                        .toList());
        bench.collection(Books.LEDGER).drop();
        Map<String, Integer> before = bench.faulty().asked();
        assertThat(bench.run(bench.migration(INC))).isEqualTo(new Outcome.Done());
        Map<String, Integer> asked = bench.faulty().asked();
        before.forEach((command, times) -> asked.merge(command, -times, Integer::sum));
        return asked;
    }

    private int more(Map<String, Integer> few, Map<String, Integer> many, String command, String collection) {
        String key = command + " " + (collection.isEmpty() ? "admin." : bench.name + "." + collection);
        return many.getOrDefault(key, 0) - few.getOrDefault(key, 0);
    }

    @Test
    void finishesABatchWithMarksThatWasBegunBeforeThereWereTransactions() {
        bench.faulty().fail(FailPoint.error(20, "commitTransaction"));
        Loss loss = new Loss(Faults.Point.SOME_CHANGED, 3);

        loss.suffer(() -> bench.engine(loss).work(bench.migration(INC), new FakeJournal("test")));
        Outcome outcome = bench.run(bench.migration(INC));

        assertThat(loss.happened()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{_flywatch: {$exists: true}}")))
                .isZero();
        assertChangedOnce();
    }

    /** Each search with a limit of time comes to it. */
    private void timeOut(String mode) {
        BsonDocument command = BsonDocument.parse("{configureFailPoint: 'maxTimeAlwaysTimeOut', mode: '" + mode + "'}");
        bench.client().getDatabase("admin").runCommand(command);
    }

    @Test
    void doesNotTakeAnIndexForDoneThatIsNotOnAMajority() {
        BsonDocument notOnAll = BsonDocument.parse("{code: 100, errmsg: 'Not enough data-bearing nodes'}");
        bench.faulty()
                .fail(new FailPoint(
                        Set.of("createIndexes"), "flywatch-runner", 1, 1, 0, null, false, notOnAll, 0, false));
        MongoMigration migration = bench.migration(
                "- { version: 1, steps: [ { createIndex: { collection: things, keys: { n: 1 } } } ] }\n");

        Outcome refused = bench.run(migration);
        Outcome again = bench.run(migration);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        it -> assertThat(it.failure().message()).contains("Not enough data-bearing nodes"));
        assertThat(again).isEqualTo(new Outcome.Done());
    }

    private static FailPoint notOnMajority(int code, String command) {
        BsonDocument error = BsonDocument.parse("{code: " + code + ", errmsg: 'interrupted'}");
        return new FailPoint(Set.of(command), "flywatch-runner", 0, 1, 0, null, false, error, 0, false);
    }

    @Test
    void waitsUntilACommandThatMayBeRepeatedIsOnAMajority() {
        bench.faulty().fail(notOnMajority(11602, "collMod"));

        Outcome outcome = bench.run(
                bench.migration(
                        "- { version: 1, steps: [ { runCommand: { command: { collMod: things, validator: {} }, repeatable: true } } ] }\n"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.faulty().hasFailed()).isTrue();
    }

    @Test
    void doesNotTakeACommandForDoneThatMayComeUndone() {
        bench.faulty().fail(notOnMajority(189, "insert").skip(1));
        MongoMigration migration = bench.migration(
                "- { version: 1, steps: [ { runCommand: { command: { insert: log, documents: [ { _id: 1 } ] } } } ] }\n");

        Outcome uncertain = bench.run(migration);

        assertThat(uncertain)
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        it -> assertThat(it.failure().message())
                                .contains("it is not known whether it took effect", "interrupted"));
    }

    @Test
    void leavesACommandAloneThatTakesNoWriteConcern() {
        assertThat(bench.run(bench.migration(
                        "- { version: 1, steps: [ { runCommand: { command: { count: things } } } ] }\n")))
                .isEqualTo(new Outcome.Done());
    }

    @Test
    void saysBeforeTheRunWhatWillStandInItsWay() {
        MongoMigration migration = bench.migration(INC.replace("things", Books.BATCH));
        MongoEngine engine = bench.engine(Faults.NONE);

        assertThatThrownBy(() -> engine.check(migration))
                .isInstanceOf(RunFailure.class)
                .hasMessageStartingWith(
                        "Step 1 (update flywatch_batch) of change set 1: flywatch_batch is where Flywatch");
        assertThat(engine.dryRun(migration).refusals())
                .singleElement()
                .asString()
                .contains("flywatch_batch is where Flywatch");
        assertThat(bench.run(migration))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        it -> assertThat(it.failure().message()).contains("flywatch_batch is where Flywatch"));
    }

    private void assertChangedOnce() {
        assertThat(bench.faulty().hasFailed()).isTrue();
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
        assertThat(bench.books().checkpoints().countDocuments()).isZero();
    }
}
