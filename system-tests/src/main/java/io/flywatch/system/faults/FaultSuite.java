package io.flywatch.system.faults;

import io.flywatch.system.stand.Arguments;
import java.util.List;
import java.util.Random;

/** Many runs, each broken in another way that its seed decides. */
public interface FaultSuite {
    /** What it is called on the command line. */
    String name();

    /** What it breaks and looks at, in one line. */
    String about();

    /** How many runs it makes unless told. */
    default int runs() {
        return 10;
    }

    /** Starts what all runs share. What it starts is ended by closing the answer. */
    Runs open(Arguments arguments) throws Exception;

    /** The runs of one suite. */
    interface Runs extends AutoCloseable {
        /**
         * One run.
         *
         * @param random decides everything that is left to chance
         * @return what was found wrong; empty if everything is right
         */
        List<String> run(Random random) throws Exception;

        /** What the runs counted, in lines for a reader. */
        default List<String> summary() {
            return List.of();
        }

        @Override
        void close() throws Exception;
    }
}
