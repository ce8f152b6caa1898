package io.flywatch.runner.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final ConnectorSight FAILED = new ConnectorSight.Failed("the source is away");
    private static final ConnectorSight RUNNING = new ConnectorSight.Running(1);

    @Test
    void restartsSoonAtFirstThenSeldomThenNoMore() {
        List<Long> waits = new ArrayList<>();
        Restarts restarts = Restarts.none();
        Instant last = NOW;
        for (long s = 0; s < 7_200; s++) {
            Restarts.Step step = restarts.see(FAILED, NOW.plusSeconds(s));
            restarts = step.after();
            if (step.now()) {
                waits.add(Duration.between(last, NOW.plusSeconds(s)).toSeconds());
                last = NOW.plusSeconds(s + 1);
            }
        }

        assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L, 300L);
        assertThat(restarts.isGivenUp()).isTrue();
    }

    @Test
    void beginsAnewAfterAQuietTimeOnly() {
        Restarts given = new Restarts(Restarts.MOST, null, null);
        Restarts soon = given.see(RUNNING, NOW)
                .after()
                .see(RUNNING, NOW.plusSeconds(300))
                .after();
        Restarts quiet = soon.see(RUNNING, NOW.plusSeconds(600)).after();

        assertThat(soon.see(FAILED, NOW.plusSeconds(301)).after().isGivenUp()).isTrue();
        assertThat(quiet.attempts()).isZero();
        assertThat(quiet.see(FAILED, NOW.plusSeconds(601)).after().next()).isEqualTo(NOW.plusSeconds(606));
    }

    @Test
    void leavesAloneWhatSomebodyStoppedOrDeleted() {
        Restarts restarts = Restarts.none();
        for (long s = 0; s < 100; s++) {
            Restarts.Step idle = restarts.see(new ConnectorSight.Idle("PAUSED"), NOW.plusSeconds(s));
            Restarts.Step missing = idle.after().see(new ConnectorSight.Missing(), NOW.plusSeconds(s));
            assertThat(idle.now() || missing.now()).isFalse();
            restarts = missing.after();
        }
    }

    /** Also by a clock that jumps about: after MOST restarts without ten quiet minutes there is none. */
    @Property
    void neverStormsKafkaConnect(@ForAll List<@IntRange(min = -4_000, max = 400) Integer> steps) {
        Restarts restarts = Restarts.none();
        Instant at = NOW;
        int count = 0;
        for (int step : steps) {
            at = at.plusSeconds(step);
            Restarts.Step next = restarts.see(FAILED, at);
            restarts = next.after();
            count += next.now() ? 1 : 0;
        }
        assertThat(count).isLessThanOrEqualTo(Restarts.MOST);
    }
}
