package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.ValidationOptions;
import io.flywatch.runner.run.Failure;
import io.flywatch.runner.run.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others do to documents while they carry marks, as the server has no transactions. */
class MarkedIT {
    private static final String INC = """
            - version: 1
              steps:
                - update: { collection: things, filter: {}, update: [ { $set: { n: { $add: [ $n, 1 ] } } } ], batchSize: 20 }
            """;

    private final Bench bench = new Bench(Place.ALONE);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void changesADocumentOnceThatAnApplicationWritesBackWithoutItsMark() {
        fill();
        AtomicBoolean written = new AtomicBoolean();
        Faults writesBack = point -> {
            if (point == Faults.Point.ALL_CHANGED && written.compareAndSet(false, true)) {
                bench.collection("things")
                        .replaceOne(BsonDocument.parse("{_id: 5}"), BsonDocument.parse("{_id: 5, n: 1, seen: true}"));
            }
        };

        Outcome outcome = bench.engine(writesBack).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(count("{n: 1}")).isEqualTo(60);
        assertThat(count("{_id: 5, n: 1, seen: true}")).isEqualTo(1);
    }

    @Test
    void removesAMarkThatAnApplicationBringsBack() {
        fill();
        AtomicReference<BsonDocument> read = new AtomicReference<>();
        AtomicBoolean written = new AtomicBoolean();
        Faults bringsBack = point -> {
            BsonDocument five = BsonDocument.parse("{_id: 5}");
            if (point == Faults.Point.ALL_CHANGED && read.get() == null) {
                read.set(bench.collection("things").find(five).first());
            } else if (point == Faults.Point.MARKS_REMOVED && written.compareAndSet(false, true)) {
                bench.collection("things").replaceOne(five, read.get());
            }
        };

        Outcome outcome = bench.engine(bringsBack).work(bench.migration(INC), new FakeJournal("test"));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(read.get()).containsKey(Books.MARK);
        assertThat(count("{n: 1, _flywatch: {$exists: false}}")).isEqualTo(60);
    }

    @Test
    void saysBeforeItChangesAnythingThatAValidatorTakesNoMark() {
        bench.database()
                .createCollection(
                        "things",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions()
                                        .validator(BsonDocument.parse("{_flywatch: {$exists: false}}"))));
        fill();

        Outcome refused = bench.run(bench.migration(INC));

        Failure failure = ((Outcome.Broken) refused).failure();
        assertThat(failure.message())
                .contains("Step 1 (update things) of change set 1", "takes no field _flywatch", "setValidator");
        assertThat(count("{n: 0}")).isEqualTo(60);
        assertThat(bench.books().batches().countDocuments()).isZero();
    }

    @Test
    void asksNoValidatorThatRefusesNothing() {
        BsonDocument strict = BsonDocument.parse("{validator: {a: 1}}");

        assertThat(MarkFitness.isEnforced(strict)).isTrue();
        assertThat(MarkFitness.isEnforced(BsonDocument.parse("{validator: {}}")))
                .isFalse();
        assertThat(MarkFitness.isEnforced(strict.clone().append("validationLevel", new BsonString("off"))))
                .isFalse();
        assertThat(MarkFitness.isEnforced(strict.clone().append("validationAction", new BsonString("warn"))))
                .isFalse();
    }

    /** Each of these changes by somebody else is overlooked if only the fields that were read are compared, each by a query. */
    @Test
    void findsADocumentOnlyAsItWasRead() {
        List<BsonDocument> read = List.of(
                document(new BsonInt32(1)),
                document(new BsonDouble(Double.NaN)),
                document(new BsonArray(List.of(new BsonInt32(1)))),
                document(BsonNull.VALUE),
                document(BsonDocument.parse("{'b.c': 1, $d: 2}")));
        for (BsonDocument document : read) {
            bench.collection("read").drop();
            bench.collection("read").insertOne(document);

            assertThat(matching(document)).as("%s", document).isEqualTo(1);

            bench.collection("read").updateOne(new BsonDocument(), BsonDocument.parse("{$set: {later: 1}}"));
            assertThat(matching(document)).isZero();
        }
        bench.collection("read").drop();
        bench.collection("read").insertOne(BsonDocument.parse("{_id: 1}"));
        assertThat(matching(read.get(3))).isZero();
    }

    private long matching(BsonDocument document) {
        return bench.collection("read")
                .countDocuments(Marking.asRead(document, BsonDocument.parse("{_flywatch: null}")));
    }

    private static BsonDocument document(BsonValue value) {
        return new BsonDocument("_id", new BsonInt32(1)).append("a", value);
    }

    private long count(String filter) {
        return bench.collection("things").countDocuments(BsonDocument.parse(filter));
    }

    private void fill() {
        bench.collection("things")
                .insertMany(IntStream.range(0, 60)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt32(it)).append("n", new BsonInt32(0)))
                        .toList());
    }
}
