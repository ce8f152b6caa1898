package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.run.Outcome;
import io.flywatch.stack.replica.FailPoint;
import java.time.Duration;
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

    private void assertChangedOnce() {
        assertThat(bench.faulty().hasFailed()).isTrue();
        assertThat(bench.collection("things").countDocuments(BsonDocument.parse("{n: 1}")))
                .isEqualTo(DOCUMENTS);
        assertThat(bench.books().checkpoints().countDocuments()).isZero();
    }
}
