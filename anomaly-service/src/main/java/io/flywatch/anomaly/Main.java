package io.flywatch.anomaly;

import io.flywatch.anomaly.adapter.csv.ScoreCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;

/** Starts the service, or only the command {@code score}, which needs nothing of it. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** {@code score …} scores a CSV file; without it, the service runs. */
    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("score")) {
            int exit =
                    new ScoreCommand(System.in, System.out, System.err).run(Arrays.copyOfRange(args, 1, args.length));
            System.exit(exit);
        }
        Quarkus.run(args);
    }
}
