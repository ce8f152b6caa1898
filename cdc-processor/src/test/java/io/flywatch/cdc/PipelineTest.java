package io.flywatch.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.lag.ChangeTimes;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pipeline measures of what it applies. */
class PipelineTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final long MICROS = 1_000_000;
    private static final PipelineDeclared SHOP = new PipelineDeclared(
            "shop",
            "run-1",
            Instant.EPOCH,
            "source",
            "target",
            "shop",
            List.of(new TableRoute("public.orders", "orders", List.of("id"))),
            "public.beats");
    private static final String BEATS = "cdc.shop.public.beats";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScheduledThreadPoolExecutor nobody =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
    private final Pipeline pipeline = new Pipeline(
            SHOP, new Nowhere(), new PipelineMeters(new CdcMetrics(registry), SHOP), new ChangeTimes(true), () -> NOW);
    private final PipelineSampler sampler = new PipelineSampler(
            pipeline, "replica", new Surroundings(topic -> OptionalDouble.empty(), topic -> OptionalInt.of(3)));

    /** A target that is away. */
    private static final class Nowhere implements Target {
        @Override
        public Taken take(PartitionId id, String runId) {
            return new Taken.Away("nobody is there");
        }

        @Override
        public Outcome begin(PartitionId id, long epoch, Position position) {
            return new Outcome.Away("nobody is there");
        }

        @Override
        public Outcome apply(Batch batch) {
            return new Outcome.Away("nobody is there");
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.EXACTLY_ONCE;
        }
    }

    @AfterEach
    void end() {
        nobody.shutdownNow();
    }

    private LaneTools tools() {
        nobody.shutdown();
        return new LaneTools(
                nobody,
                id -> Optional.empty(),
                (from, runId, letters) -> Optional.empty(),
                new io.flywatch.cdc.apply.Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                new LaneTools.Limits(1, 1, 1),
                LaneQueue.Memory.of(1),
                Optional.empty(),
                (declared, table) -> io.flywatch.cdc.change.Catalogue.NONE);
    }

    private Lane lane() {
        return new Lane(
                new PartitionId("shop", "cdc.shop.public.orders", 0),
                pipeline,
                new io.flywatch.cdc.apply.Route.Table(SHOP.tables().getFirst()),
                tools());
    }

    private void applied(Operation operation, Stamps... stamps) {
        applied(lane(), operation, stamps);
    }

    private void applied(Lane lane, Operation operation, Stamps... stamps) {
        boolean snapshot = operation == Operation.SNAPSHOT;
        List<Stamps> streamed = snapshot ? List.of() : List.of(stamps);
        Long newest = snapshot
                ? null
                : Long.valueOf(
                        Arrays.stream(stamps).mapToLong(Stamps::committed).max().orElse(0));
        Position after = new Position(1, "run-1", "t", null, newest, !snapshot, io.flywatch.cdc.position.Counts.NONE);
        pipeline.applied(
                lane,
                new Sorted(
                        new Fold().result(),
                        List.of(),
                        Set.of(),
                        Map.of(),
                        after,
                        Map.of(operation, (long) stamps.length),
                        streamed,
                        false,
                        0,
                        null));
    }

    private static Stamps committed(double secondsAgo, double capturedAfter) {
        long at = Math.round((NOW.getEpochSecond() - secondsAgo) * MICROS);
        long captured = at + Math.round(capturedAfter * MICROS);
        return new Stamps(at, captured, captured, captured);
    }

    private LagSample sample() {
        return sampler.sample(NOW, Map.of(), SourceLook.NONE);
    }

    @Test
    void measuresABatchByItsOldestChange() {
        applied(Operation.UPDATE, committed(2, 0.5), committed(9, 1), committed(0.1, 0.1));

        assertThat(sample().lagSeconds()).isEqualTo(9);
        assertThat(registry.get("cdc.end.to.end.lag").timer().max(TimeUnit.SECONDS))
                .isEqualTo(9);
        assertThat(registry.get("cdc.capture.lag").timer().max(TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    @Test
    void keepsRowsOfTheSnapshotOutOfTheLag() {
        applied(Operation.SNAPSHOT, new Stamps(Stamps.UNKNOWN, 1, 1, 1));

        assertThat(sample().lagSeconds()).isNull();
        assertThat(registry.get("cdc.end.to.end.lag").timer().count()).isZero();
        assertThat(registry.get("migration.rows").counter().count()).isEqualTo(1);
    }

    @Test
    void countsAndShowsANegativeStage() {
        applied(Operation.UPDATE, committed(2, -0.3));

        LagSample sample = sample();
        assertThat(sample.stages().capture()).isEqualTo(-0.3);
        assertThat(java.util.Objects.requireNonNull(sample.vitals()).negativeStages())
                .isEqualTo(1);
        assertThat(registry.get("cdc.negative.stage")
                        .tag("stage", "capture")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("cdc.capture.lag").timer().count()).isZero();
    }

    @Test
    void hasNoNumberForWhatWasNotMeasured() {
        LagSample sample = sample();

        assertThat(sample.state()).isEqualTo(PipelineState.UNMEASURED);
        assertThat(sample.lagSeconds()).isNull();
        assertThat(sample.stalenessSeconds()).isNull();
        assertThat(registry.get("migration.data.lag").gauge().value()).isNaN();
        assertThat(registry.get("cdc.staleness").gauge().value()).isNaN();
        assertThat(registry.get("cdc.headroom").tag("resource", "kafka").gauge().value())
                .isNaN();
    }

    private static @Nullable Double beatAge(LagSample sample) {
        return java.util.Objects.requireNonNull(sample.vitals()).heartbeatAgeSeconds();
    }

    @Test
    void knowsNoHeartbeatOfAPartitionThatIsNotItsOwnAnyMore() {
        Lane beats = pipeline.open(BEATS, 0, tools()).orElseThrow();
        applied(beats, Operation.UPDATE, committed(4, 0));
        assertThat(beatAge(sample())).isEqualTo(4);

        pipeline.close(beats);
        applied(beats, Operation.UPDATE, committed(3, 0));

        assertThat(beatAge(sample())).isNull();
        assertThat(registry.get("cdc.heartbeat.age").gauge().value()).isNaN();
    }

    @Test
    void hearsOfHeartbeatsThatAnotherReplicaApplies() {
        pipeline.heard(NOW.minusSeconds(2));
        pipeline.heard(NOW.minusSeconds(30));

        assertThat(beatAge(sample())).isEqualTo(2);

        Lane beats = pipeline.open(BEATS, 0, tools()).orElseThrow();
        applied(beats, Operation.UPDATE, committed(1, 0));
        assertThat(beatAge(sample())).isEqualTo(1);

        pipeline.close(beats);
        assertThat(beatAge(sample())).isNull();
    }

    @Test
    void tellsHowManyPartitionsItHoldsOfHowMany() {
        assertThat(sample().tables()).singleElement().satisfies(table -> {
            assertThat(table.held()).isZero();
            assertThat(table.partitions()).isEqualTo(3);
        });

        pipeline.open("cdc.shop.public.orders", 2, tools());

        assertThat(sample().tables().getFirst().held()).isEqualTo(1);
    }
}
