package io.flywatch.runner.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.blocking.Blockade.Waiting;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlockingPolicyTest {
    private final BlockingPolicy policy = new BlockingPolicy(Duration.ofSeconds(5), Duration.ofSeconds(30));

    @Test
    void goesByTheOneThatWaitsLongest() {
        assertThat(policy.on(Blockade.NONE)).isEqualTo(new Verdict.Calm());
        assertThat(policy.on(waiting(1, 4))).isEqualTo(new Verdict.Calm());
        assertThat(policy.on(waiting(1, 5)))
                .isEqualTo(
                        new Verdict.Warn("2 sessions wait, the longest for 5.0 s: session 5 of app with \"select 1\""));
        assertThat(policy.on(waiting(30, 2))).isInstanceOf(Verdict.Cancel.class);
    }

    @Test
    void cancelsNothingUnlessToldTo() {
        assertThat(BlockingPolicy.DEFAULT.on(waiting(86_400, 1))).isInstanceOf(Verdict.Warn.class);
    }

    private static Blockade waiting(long... seconds) {
        return new Blockade(Arrays.stream(seconds)
                .mapToObj(it -> new Waiting(it, "app", Duration.ofSeconds(it), "select 1"))
                .toList());
    }
}
