package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.Undo;
import io.flywatch.stack.replica.FailPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that meet an application's writes again and again. */
class ConflictsIT {
    private static final int DOCUMENTS = 200;
    private static final String INC = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: { $inc: { n: 1 } }, batchSize: 20 }
                  rollback: [ { update: { collection: things, filter: {}, update: { $inc: { n: -1 } } } } ]
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

    @Test
    void makesABatchSmallerThatMeetsOthersWritesAgainAndAgain() {
        bench.faulty().fail(FailPoint.error(112, "update").skip(9).times(3));
        List<Long> sizes = new ArrayList<>();
        Faults measures = point -> {
            if (point == Faults.Point.COMMITTED) {
                bench.collection(Books.BATCH)
                        .find()
                        .sort(BsonDocument.parse("{_id: -1}"))
                        .limit(1)
                        .forEach(it -> sizes.add(it.getInt64("documents").getValue()));
            }
        };

        Outcome outcome = bench.engine(measures).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.faulty().hasFailed()).isTrue();
        assertThat(sizes).contains(20L, 10L).hasSizeLessThan(16);
        assertThat(with(1)).isEqualTo(DOCUMENTS);
    }

    @Test
    void undoesAHalfDoneStepWhoseBatchesCannotBeMadeSmaller() {
        MongoMigration migration = bench.migration(INC);
        Loss loss = new Loss(Faults.Point.COMMITTED, 4);
        loss.suffer(() -> bench.engine(loss).work(migration, new FakeJournal("test")));
        long changed = with(1);
        Faults meetsWrites = point -> {
            if (point == Faults.Point.STEP_BEGUN) {
                bench.faulty().fail(FailPoint.error(112, "update").times(7));
            }
        };

        Outcome outcome = bench.engine(meetsWrites).rollBack(migration, new Undo.After("0"), new FakeJournal("test"));

        assertThat(changed).isBetween(1L, DOCUMENTS - 1L);
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(bench.faulty().hasFailed()).isTrue();
        assertThat(with(0)).isEqualTo(DOCUMENTS);
    }

    private long with(int n) {
        return bench.collection("things").countDocuments(new BsonDocument("n", new BsonInt32(n)));
    }
}
