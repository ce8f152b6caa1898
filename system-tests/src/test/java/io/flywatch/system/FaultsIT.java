package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.system.faults.FaultSuite;
import io.flywatch.system.faults.cdc.CdcFaults;
import io.flywatch.system.stand.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few of the runs that {@code ./faults cdc} makes by the hundred, with the same packaged processors. */
class FaultsIT {
    private static final List<Long> SEEDS = List.of(600L, 602L);

    @Test
    void targetIsEqualToItsSourceWhateverBroke() throws Exception {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
        try (FaultSuite.Runs runs = new CdcFaults()
                .open(Arguments.of(List.of("--faults", "kill_processor,rebalance,cut_target,reset_target")))) {
            for (long seed : SEEDS) {
                assertThat(runs.run(new Random(seed))).as("seed " + seed).isEmpty();
            }
        }
    }
}
