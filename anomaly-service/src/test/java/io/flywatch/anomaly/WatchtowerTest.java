package io.flywatch.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.progress.RunState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchtowerTest {
    private static final Instant T = Instant.parse("2026-11-23T01:00:00Z");
    private static final int MIGRATIONS = 120;

    private final Watchtower watchtower = watchtower();

    @Test
    void letsTimePassForEachMigrationAFewAtATime() {
        List<String> all =
                IntStream.range(0, MIGRATIONS).mapToObj(it -> "shop-" + it).toList();
        all.forEach(id ->
                watchtower.on(Samples.progress(id, "run", T, RunState.RUNNING, "copy", 1, 100, 1, null), T, true));
        List<AnomalyEvent> told = new ArrayList<>();
        int turns = 0;

        for (int seconds = 1; seconds <= 120; seconds++) {
            watchtower.tick(T.plusSeconds(seconds));
            while (watchtower.ticks()) {
                told.addAll(watchtower.tickOn());
                turns++;
            }
        }

        assertThat(told.stream().map(AnomalyEvent::migrationId).distinct()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(turns).as("never all at once").isEqualTo(3 * 120);
        assertThat(watchtower.board().migrations().keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(watchtower.board().of("shop-7").open())
                .as("what is shown keeps up with what is told")
                .isNotEmpty();
    }

    private static Watchtower watchtower() {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder().withMapping(AnomalyConfig.class).build();
        return new Watchtower(
                new RuleBook(config.getConfigMapping(AnomalyConfig.class), config),
                new AnomalyMetrics(new SimpleMeterRegistry()));
    }
}
