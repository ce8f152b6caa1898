package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.faults.cdc.CdcFaults;
import io.flywatch.system.faults.routes.Chinook;
import io.flywatch.system.faults.routes.Route;
import io.flywatch.system.stand.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A few of the runs that {@code ./faults cdc} and {@code ./faults routes} make by the hundred, with the same packaged processors. */
class FaultsIT {
    private static final List<Long> SEEDS = List.of(600L, 608L);

    @BeforeAll
    static void sayWhereWeAre() {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @Test
    void targetIsEqualToItsSourceWhateverBroke() throws Exception {
        try (FaultSuite.Runs runs = new CdcFaults()
                .open(Arguments.of(
                        List.of("--faults", "kill_processor,rebalance,cut_target,reset_target,read_anew")))) {
            for (long seed : SEEDS) {
                assertThat(runs.run(new Random(seed))).as("seed " + seed).isEmpty();
            }
            assertThat(runs.summary()).anyMatch(line -> line.contains("READ_ANEW"));
        }
    }

    @Test
    void embeddedRowsAreThoseOfTheSourceAndTheProcessorSaysSo() throws Exception {
        Chinook shop = new Chinook(Path.of("src/test/resources/small-shop"));

        assertThat(new Route("postgresql", "mongodb", Map.of(), false, true).run(shop, new Random(700), 2))
                .isEmpty();
    }
}
