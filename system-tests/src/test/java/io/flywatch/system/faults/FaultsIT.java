package io.flywatch.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.system.faults.cdc.CdcFaults;
import io.flywatch.system.faults.routes.Chinook;
import io.flywatch.system.faults.routes.Route;
import io.flywatch.system.stand.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code ./faults cdc} and {@code ./faults routes} do many times, once. */
class FaultsIT {
    private static final long SEED = 20_261_122;

    @BeforeAll
    static void home() {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @Test
    void keepsSourceAndTargetEqualOverKillsAndCutConnections() throws Exception {
        Arguments arguments = Arguments.of(
                List.of("--faults", "kill_processor,reset_target,restart_target,repeat_records,poison_record"));
        try (FaultSuite.Runs runs = new CdcFaults().open(arguments)) {
            assertThat(runs.run(new Random(SEED))).as("seed " + SEED).isEmpty();
        }
    }

    @Test
    void movesChinookFromMariaDbUnderLoad() throws Exception {
        Chinook chinook = Chinook.at("");
        assumeThat(chinook.isThere())
                .as("the scripts of Chinook are in " + chinook.folder())
                .isTrue();
        assumeThat(EmbeddedMariaDb.missing()).isEmpty();

        List<String> wrong = new Route("mariadb", "postgresql").run(chinook, new Random(SEED), 1);

        assertThat(wrong).as("seed " + SEED).isEmpty();
    }
}
