package io.flywatch.system.bench;

import io.flywatch.system.stand.Arguments;

/** One benchmark. It measures Flywatch and its peer in the same run, on the same data. */
public interface Bench {
    /** What it is called on the command line. */
    String name();

    /** What it measures and which arguments it takes, in one line. */
    String about();

    /**
     * Measures. What it starts it also ends.
     *
     * @throws Exception if something could not be measured; nothing is written then
     */
    Table run(Arguments arguments) throws Exception;
}
