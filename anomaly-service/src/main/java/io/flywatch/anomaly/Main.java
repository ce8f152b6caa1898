package io.flywatch.anomaly;

import io.flywatch.anomaly.adapter.csv.ScoreCommand;
import io.flywatch.anomaly.adapter.rehearse.RehearseCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Starts the service, or only one of the commands {@code score} and {@code rehearse}, which need nothing of it. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** {@code score …} scores a CSV file, {@code rehearse …} goes through recorded events; without them, the service runs. */
    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("score")) {
            int exit =
                    new ScoreCommand(System.in, System.out, System.err).run(Arrays.copyOfRange(args, 1, args.length));
            System.exit(exit);
        }
        if (args.length > 0 && args[0].equals("rehearse")) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
            System.exit(new RehearseCommand(out, System.err).run(Arrays.copyOfRange(args, 1, args.length)));
        }
        Quarkus.run(args);
    }
}
