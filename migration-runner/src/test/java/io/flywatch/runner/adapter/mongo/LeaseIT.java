package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.runner.run.Suspended;
import io.flywatch.stack.replica.FailPoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A runner whose answers come late: what it asked for is seen by others from when it was done, so its lease counts from when it was
 * asked for. One that counts from the answer believes for longer than others wait, and two of them are at work.
 */
class LeaseIT {
    private static final Duration LASTS = Duration.ofSeconds(2);
    private static final long LATE = 1_500;

    private final Bench bench = new Bench(Place.ALONE);
    private final FakeJournal journal = new FakeJournal("test");

    @AfterEach
    void close() {
        bench.faulty().heal();
        bench.close();
    }

    @Test
    void stopsBeforeAnotherMayHaveTakenALeaseThatWasGrantedLate() {
        bench.books().open();
        bench.faulty().fail(FailPoint.lateAnswer(MongoTargets.NAME, LATE, "findAndModify"));
        bench.faulty().fail(silent());

        CompletableFuture<Lease> late = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> late.complete(Lease.acquire(bench.books(), "test", "late", journal, LASTS)));
        try (MongoClient others = MongoClients.create(bench.faulty().uri())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> new Books(others.getDatabase(bench.name))
                                    .lease()
                                    .countDocuments(new BsonDocument("holder", new BsonString("late")))
                            == 1);
        }

        assertStopsAsSoonAsAnotherHasIt(late::join);
    }

    @Test
    void stopsBeforeAnotherMayHaveTakenALeaseThatWasRenewedLate() {
        bench.books().open();
        Lease late = Lease.acquire(bench.books(), "test", "late", journal, LASTS);
        bench.faulty().fail(FailPoint.lateAnswer(MongoTargets.NAME, LATE, "findAndModify"));
        bench.faulty().fail(silent());

        assertStopsAsSoonAsAnotherHasIt(() -> late);
    }

    @Test
    void keepsALeaseWhoseRenewalsAreAnswered() {
        bench.books().open();
        Lease mine = Lease.acquire(bench.books(), "test", "mine", journal, LASTS);
        long since = System.nanoTime();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> System.nanoTime() - since > LASTS.plusMillis(500).toNanos());

        mine.check();
        mine.close();
        assertThat(bench.books().lease().countDocuments()).isEqualTo(1);
    }

    @Test
    void changesNothingByWhatComesToTheServerAfterItsEnd() {
        bench.books().open();
        bench.collection("things").insertOne(BsonDocument.parse("{_id: 1, n: 0}"));
        BsonDocument change = BsonDocument.parse("{$inc: {n: 1}}");
        try (Lease lasting = Lease.acquire(bench.books(), "lasting", "mine", journal, Duration.ofMinutes(5));
                Lease brief = Lease.acquire(bench.books(), "brief", "mine", journal, Duration.ofMillis(200))) {
            Lease.Fence fence = brief.fence();
            await().atMost(Duration.ofSeconds(60)).until(() -> !fence.holds());

            assertThat(bench.abilities().clock()).isTrue();
            assertThat(bench.collection("things")
                            .updateMany(fence.before(new BsonDocument()), change)
                            .getMatchedCount())
                    .isZero();
            assertThat(bench.collection("things")
                            .updateMany(lasting.fence().before(new BsonDocument()), change)
                            .getMatchedCount())
                    .isOne();
        }
    }

    /** Nothing that the late one sends comes through any more. */
    private static FailPoint silent() {
        return new FailPoint(
                Set.of("update", "findAndModify"), MongoTargets.NAME, 0, 10_000, 0, null, true, null, 0, false);
    }

    private void assertStopsAsSoonAsAnotherHasIt(Supplier<Lease> granted) {
        String uri = bench.faulty().uri();
        try (MongoClient client = MongoClients.create(uri);
                Lease taken =
                        Lease.acquire(new Books(client.getDatabase(bench.name)), "test", "other", journal, LASTS)) {
            Lease late = granted.get();
            assertThatThrownBy(late::check).isInstanceOfAny(Suspended.class, MongoException.class);
            assertThat(taken.token()).isGreaterThan(late.token());
            taken.check();
            late.close();
        }
    }
}
