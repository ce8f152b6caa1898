package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ValidationOptions;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.stack.replica.FailPoint;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same with transactions, and with all that goes wrong in them. */
class ReplicaSetTargetIT extends MongoTargetIT {
    private static final int ATTEMPTS = 20;

    private final ReplicaSetStandIn faulty = ReplicaSetStandIn.start();

    @Override
    String open(Consumer<AutoCloseable> closing) {
        closing.accept(faulty);
        return faulty.uri();
    }

    @AfterEach
    void heal() {
        faulty.heal();
    }

    /** Once is enough: a second attempt would have been written. */
    @ParameterizedTest
    @ValueSource(ints = {50, 257, 290, 388})
    void tellsATransactionThatIsTooMuchAtOnce(int code) {
        Target target = target();
        long epoch = begun(target);
        faulty.fail(FailPoint.error(code, "update").skip(1).times(1));
        put(row(code, "one", "1.00", null));
        Batch batch = batch(epoch, 0, 1);

        assertThat(target.apply(batch))
                .isInstanceOfSatisfying(
                        Outcome.TooMuch.class,
                        tooMuch -> assertThat(tooMuch.reason()).contains(Integer.toString(code)));
        assertThat(rows(table)).doesNotContainKey((long) code);

        assertThat(target.apply(batch)).isEqualTo(new Outcome.Applied());
        assertThat(rows(table)).containsKey((long) code);
    }

    @Test
    void promisesToApplyExactlyOnce() {
        Target target = target();

        begun(target);

        assertThat(target.guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 91, 112, 189, 251, 262, 9001, 10107, 11600, 11602, 13435, 13436})
    void appliesOnceWhateverErrorComesBetween(int code) {
        Target target = target();
        long epoch = begun(target);
        faulty.fail(FailPoint.error(code, "update", "find").skip(1).times(4));
        faulty.fail(FailPoint.error(code, "commitTransaction").times(7));
        put(row(1, "one", "1.00", null));
        delete(2);

        applyInTheEnd(target, batch(epoch, 0, 2));

        assertThat(faulty.hasFailed()).isTrue();
        assertThat(rows(table)).containsOnlyKeys(1L);
        put(row(2, "two", "2.00", null));
        applied(target, epoch, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void appliesOnceHoweverManyAnswersAreLost(int answers) {
        Target target = target();
        long epoch = begun(target);
        faulty.fail(FailPoint.lostAnswer("commitTransaction").times(answers));
        put(row(1, "one", "1.00", null));

        applyInTheEnd(target, batch(epoch, 0, 1));

        assertThat(rows(table)).containsOnlyKeys(1L);
        put(row(1, "two", "2.00", null));
        applied(target, epoch, 1, 2);
    }

    @Test
    void goesOnWithTheNewPrimary() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "one", "1.00", null));
        faulty.stepDown(Duration.ofMillis(500));

        applyInTheEnd(target, batch(epoch, 0, 1));

        assertThat(rows(table)).containsOnlyKeys(1L);
    }

    @Test
    void writesForAUserWhoMayNotAskWhatTheCollectionIs() {
        Target target = target();
        long epoch = begun(target);
        faulty.fail(FailPoint.error(13, "listCollections"));
        put(row(1, "one", "1.00", null));

        applied(target, epoch, 0, 1);

        assertThat(faulty.hasFailed()).isTrue();
        assertThat(rows(table)).containsOnlyKeys(1L);
    }

    /** As rows may exchange values within one transaction of the source. */
    @Test
    void writesRowsThatExchangeUniqueValues() {
        server.database(DATABASE)
                .getCollection(table)
                .createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", null));
        put(row(2, "b", "1.00", null));
        put(row(3, "c", "1.00", null));
        applied(target, epoch, 0, 1);
        put(row(1, "b", "2.00", null));
        put(row(2, "a", "2.00", null));

        applied(target, epoch, 1, 2);

        assertThat(rows(table).get(1L)).contains("b");
        assertThat(rows(table).get(2L)).contains("a");
        assertThat(rows(table).get(3L)).contains("c");
    }

    @Test
    void findsWhatAValidatorOrAUniqueIndexRefusesOneAfterTheOther() {
        server.database(DATABASE)
                .createCollection(
                        table,
                        new CreateCollectionOptions()
                                .validationOptions(
                                        new ValidationOptions().validator(BsonDocument.parse("{name: {$ne: 'bad'}}"))));
        server.database(DATABASE)
                .getCollection(table)
                .createIndex(BsonDocument.parse("{note: 1}"), new IndexOptions().unique(true));
        Target target = target();
        long epoch = begun(target);
        Set<Key> refused = new HashSet<>();

        for (int i = 0; i < ATTEMPTS; i++) {
            for (long id : List.of(1L, 2L, 3L, 4L, 5L)) {
                if (!refused.contains(key(id))) {
                    put(row(id, id == 2 || id == 5 ? "bad" : "good", "1.00", id == 4 ? "n1" : "n" + id));
                }
            }
            Outcome outcome = target.apply(batch(epoch, 0, 1));
            if (outcome instanceof Outcome.Applied) {
                break;
            }
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(rows(table)).isEmpty();
            refused.addAll(((Outcome.Refused) outcome).reasons().keySet());
        }

        assertThat(refused).contains(key(2), key(5)).hasSize(3);
        assertThat(rows(table)).hasSize(2).containsKey(3L);
    }

    @Test
    void emptiesALargeCollectionInSeveralTransactions() {
        Target target = target();
        long epoch = begun(target);
        fill(Emptying.PAGE + 1);
        changes.add(new Change.Truncate());
        put(row(1, "one", "1.00", null));
        faulty.fail(FailPoint.error(112, "commitTransaction").skip(1));

        applyInTheEnd(target, batch(epoch, 0, 2));

        assertThat(faulty.hasFailed()).isTrue();
        assertThat(rows(table)).containsOnlyKeys(1L);
    }

    @Test
    void emptiesNothingWhereAnotherReplicaTookThePartition() {
        long epoch = begun(target());
        fill(30);
        changes.add(new Change.Truncate());

        new Emptying(server, DATABASE, 10).run(batch(epoch - 1, 0, 1), table);

        assertThat(server.database(DATABASE).getCollection(table).countDocuments())
                .isEqualTo(30);
    }

    private void fill(int documents) {
        server.database(DATABASE)
                .getCollection(table, BsonDocument.class)
                .insertMany(IntStream.range(0, documents)
                        .mapToObj(it -> new BsonDocument("_id", new BsonInt64(it)))
                        .toList());
    }

    /** As the lane does with a batch that it can't make smaller: what is away, or too much, is asked again. */
    private static void applyInTheEnd(Target target, Batch batch) {
        Outcome outcome = new Outcome.Away("not asked yet");
        for (int i = 0; i < ATTEMPTS && isToBeTriedAgain(outcome); i++) {
            outcome = target.apply(batch);
        }
        assertThat(outcome).isEqualTo(new Outcome.Applied());
    }

    private static boolean isToBeTriedAgain(Outcome outcome) {
        return outcome instanceof Outcome.Away || outcome instanceof Outcome.TooMuch;
    }
}
