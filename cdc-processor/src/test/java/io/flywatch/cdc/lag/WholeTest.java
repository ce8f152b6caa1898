package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Holding;
import io.flywatch.events.lag.LagSample.Lately;
import io.flywatch.events.lag.LagSample.Share;
import io.flywatch.events.lag.LagSample.Spread;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What several replicas together say of one pipeline. */
class WholeTest {
    private static final String ORDERS = "public.orders";
    private static final String BEATS = "public.beats";
    private static final Map<String, Integer> SIZES = Map.of(ORDERS, 2, BEATS, 1);
    private static final long SECOND = 1_000_000_000L;

    private static LagSample sample(String replica, @Nullable Double lag, @Nullable Double stale, Holding... holds) {
        Spread spread = new Spread(lag, lag, lag, lag == null ? 0 : 10);
        int orders = (int)
                Arrays.stream(holds).filter(own -> own.table().equals(ORDERS)).count();
        long backlog = Arrays.stream(holds).mapToLong(Holding::backlog).sum();
        return new LagSample(
                "shop",
                "run-1",
                Instant.EPOCH,
                replica,
                lag == null ? PipelineState.IDLE : PipelineState.STREAMING,
                replica + " says so",
                lag,
                stale,
                null,
                0,
                0,
                backlog,
                0,
                orders,
                new StageLag(lag, 0.0, 0.0),
                List.of(new TableLag(ORDERS, "orders", 0, orders, 0, lag, backlog, orders, 2)),
                null,
                new Share(List.of(holds), spread, new Lately(spread, spread, spread, spread)));
    }

    private static Told now(LagSample sample) {
        return new Told(sample, Duration.ofMillis(400));
    }

    private static final LagSample ONE = sample("one", 0.5, 1.0, new Holding(ORDERS, 0, 3));
    private static final LagSample TWO = sample("two", 2.0, 3.0, new Holding(ORDERS, 1, 4), new Holding(BEATS, 0, 0));
    private static final LagSample NOTHING = sample("three", null, null);

    @Test
    void isTheSameWhoeverIsAsked() {
        Whole byOne = Whole.of(now(ONE), List.of(now(NOTHING), now(TWO)), true, SIZES);
        Whole byNobody = Whole.of(now(NOTHING), List.of(now(ONE), now(TWO)), true, SIZES);

        assertThat(byOne.sample().tables()).isEqualTo(byNobody.sample().tables());
        assertThat(List.of(byOne, byNobody)).allSatisfy(whole -> {
            assertThat(whole.unheld()).isEmpty();
            assertThat(whole.sample().state()).isEqualTo(PipelineState.STREAMING);
            assertThat(whole.sample().backlog()).isEqualTo(7);
            assertThat(whole.sample().deadLetters()).isEqualTo(2);
            assertThat(whole.sample().stalenessSeconds()).isEqualTo(3);
            assertThat(whole.sample().tables()).singleElement().satisfies(orders -> {
                assertThat(orders.held()).isEqualTo(2);
                assertThat(orders.streamedRows()).isEqualTo(2);
                assertThat(orders.lagSeconds()).isEqualTo(2);
            });
        });
    }

    @Test
    void tellsAllStagesOfOneChangeAndWhoAppliedIt() {
        Whole whole = Whole.of(now(ONE), List.of(now(TWO)), true, SIZES);

        assertThat(whole.slowest()).isEqualTo("two");
        assertThat(whole.sample().lagSeconds()).isEqualTo(2);
        assertThat(whole.sample().stages()).isEqualTo(new StageLag(2.0, 0.0, 0.0));
        Share share = java.util.Objects.requireNonNull(whole.sample().share());
        assertThat(share.changes()).isEqualTo(new Spread(2.0, 2.0, 2.0, 20));
    }

    @Test
    void saysWhatASilentReplicaHeldAndCountsNothingOfIt() {
        Whole whole = Whole.of(now(ONE), List.of(new Told(TWO, Duration.ofSeconds(14))), true, SIZES);

        assertThat(whole.unheld())
                .containsExactly(new Whole.Unheld(BEATS, 0, "two"), new Whole.Unheld(ORDERS, 1, "two"));
        assertThat(whole.sample().state()).isEqualTo(PipelineState.UNMEASURED);
        assertThat(whole.sample().reason())
                .contains("public.orders (partition 1)")
                .contains("two, silent for 14 s");
        assertThat(whole.sample().stalenessSeconds()).isNull();
        assertThat(whole.sample().backlog()).isEqualTo(3);
        assertThat(whole.replicas()).extracting(Told::isSilent).containsExactly(false, true);
    }

    @Test
    void staysMeasuredWhileOnlyTheHeartbeatIsOnItsWay() {
        LagSample all = sample("two", 2.0, 3.0, new Holding(ORDERS, 0, 0), new Holding(ORDERS, 1, 0));

        Whole whole = Whole.of(now(all), List.of(), true, SIZES);

        assertThat(whole.unheld()).containsExactly(new Whole.Unheld(BEATS, 0, null));
        assertThat(whole.sample().stalenessSeconds()).isEqualTo(3);
    }

    @Test
    void doesNotClaimThatNobodyHoldsWhatItCanNotHearOf() {
        Whole whole = Whole.of(now(ONE), List.of(), false, SIZES);

        assertThat(whole.unheld()).isNull();
        assertThat(whole.sample().stalenessSeconds()).isNull();
        assertThat(whole.sample().reason()).contains("does not hear what others hold");
    }

    @Test
    void forgetsAReplicaThatWasSilentForTenMinutes() {
        Heard heard = new Heard("one");
        heard.add(ONE, 0);
        heard.add(TWO, 0);

        assertThat(heard.others(5 * SECOND)).singleElement().satisfies(told -> {
            assertThat(told.sample()).isEqualTo(TWO);
            assertThat(told.age()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(heard.isListening(5 * SECOND)).isTrue();
        assertThat(heard.isListening(11 * SECOND)).isFalse();
        assertThat(heard.others(601 * SECOND)).isEmpty();
    }
}
