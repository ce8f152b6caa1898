package io.flywatch.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Inbound;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.lag.ChangeTimes;
import io.flywatch.cdc.order.Write;
import io.flywatch.cdc.position.LogRange;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A target that can't write a batch at once gets it in portions, and its position moves on with each. */
class LanePortionsTest {
    private static final String TOPIC = "cdc.shop.public.orders";
    private static final PipelineDeclared SHOP = new PipelineDeclared(
            "shop",
            "run-1",
            Instant.EPOCH,
            "source",
            "target",
            "shop",
            List.of(new TableRoute("public.orders", "orders", List.of("id"))),
            null);

    private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(2);
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final Slow target = new Slow();
    private final Lane lane = lane();

    /** Takes so many records at once, and never what is poison. */
    private static final class Slow implements Target {
        private final List<Batch> written = new CopyOnWriteArrayList<>();
        private volatile int takes = Integer.MAX_VALUE;
        private volatile String poison = "none";
        private @Nullable Position position;

        @Override
        public Taken take(PartitionId id, String runId) {
            return new Taken.Ours(1, position, Map.of());
        }

        @Override
        public Outcome begin(PartitionId id, long epoch, Position begin) {
            position = begin;
            return new Outcome.Applied();
        }

        @Override
        public Outcome apply(Batch batch) {
            assertThat(batch.before()).isEqualTo(position);
            List<Write> writes = batch.folded().writes();
            if (writes.size() > takes) {
                return new Outcome.TooMuch("it answers TransactionExceededLifetimeLimitSeconds (290)");
            }
            for (Write write : writes) {
                if (write.key().text().equals(poison)) {
                    return new Outcome.Refused(Map.of(write.key(), "it is poison"));
                }
            }
            position = batch.after();
            written.add(batch);
            return new Outcome.Applied();
        }

        List<Integer> sizes() {
            return written.stream().map(batch -> batch.folded().writes().size()).toList();
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.EXACTLY_ONCE;
        }
    }

    private Lane lane() {
        Pipeline pipeline = new Pipeline(
                SHOP,
                target,
                new PipelineMeters(new CdcMetrics(new SimpleMeterRegistry()), SHOP),
                new ChangeTimes(true),
                Instant::now);
        LaneTools tools = new LaneTools(
                writers,
                id -> Optional.of(new LogRange("t", 0, 1_000, 1)),
                (from, runId, more) -> {
                    letters.addAll(more);
                    return Optional.empty();
                },
                new io.flywatch.cdc.apply.Backoff(Duration.ofMillis(1), Duration.ofMillis(5)),
                new LaneTools.Limits(100, 1 << 20, 1 << 24),
                LaneQueue.Memory.of(1 << 24),
                Optional.empty(),
                (declared, table) -> io.flywatch.cdc.change.Catalogue.NONE);
        return new Lane(
                new PartitionId("shop", TOPIC, 0),
                pipeline,
                new Route.Table(SHOP.tables().getFirst()),
                tools);
    }

    @AfterEach
    void end() {
        writers.shutdownNow();
    }

    private void offer(int from, int to) {
        Envelopes orders = Envelopes.orders(TOPIC);
        List<Inbound> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String row =
                    "{\"id\":%d,\"customer\":\"c\",\"total\":\"1.00\",\"placed_at\":\"2024-02-29T12:00:00Z\",\"attributes\":null,\"note\":null}"
                            .formatted(i);
            byte[] value = orders.value("c", row, 100 + i, 1_000_000L + i, "false");
            records.add(new Inbound(i, new Raw(orders.key("{\"id\":%d}".formatted(i)), value, null, null, 0, 0)));
        }
        lane.offer(records);
    }

    private void begun() {
        lane.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> lane.state() instanceof LaneState.Running);
    }

    private void awaitOffset(long offset) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lane.position().map(Position::offset).orElse(-1L) == offset);
    }

    @Test
    void halvesUntilItFitsAndLosesNothing() {
        begun();
        target.takes = 30;

        offer(0, 100);
        awaitOffset(100);

        assertThat(target.sizes()).containsExactly(25, 25, 25, 25);
        assertThat(target.written.stream()
                        .flatMap(batch -> batch.folded().writes().stream())
                        .map(write -> write.key().values().getFirst()))
                .containsExactlyElementsOf(java.util.stream.LongStream.range(0, 100)
                        .<Object>mapToObj(i -> i)
                        .toList());
        assertThat(lane.trials().trouble()).isNull();
    }

    @Test
    void saysSoWhileARecordIsTooMuchByItselfAndGoesOnWhenItIsNot() {
        begun();
        target.takes = 0;

        offer(0, 8);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lane.trials().portion().most() == 1
                        && lane.trials().trouble() != null
                        && lane.trials().trouble().attempts() > 6);
        LaneTrouble trouble = lane.trials().trouble();

        assertThat(trouble).isNotNull();
        assertThat(trouble.reason()).contains("TransactionExceededLifetimeLimitSeconds");
        assertThat(target.written).isEmpty();

        target.takes = 1;
        awaitOffset(8);
        assertThat(target.sizes()).containsOnly(1).hasSize(8);
    }

    @Test
    void growsAgainAfterManyPortions() {
        begun();
        target.takes = 30;
        offer(0, 100);
        awaitOffset(100);

        target.takes = Integer.MAX_VALUE;
        for (int i = 1; i <= 60; i++) {
            offer(100 * i, 100 * (i + 1));
            awaitOffset(100L * (i + 1));
        }

        assertThat(target.sizes()).endsWith(100).contains(50);
    }

    @Test
    void buriesWhatIsRefusedOnceAlthoughItIsTriedInPortions() {
        begun();
        target.takes = 30;
        target.poison = "id=70";

        offer(0, 100);
        awaitOffset(100);

        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.record().offset()).isEqualTo(70));
        assertThat(target.sizes().stream().mapToInt(size -> size).sum()).isEqualTo(99);
    }
}
