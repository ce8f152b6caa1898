package io.flywatch.runner.external;

/** What becomes of a report. */
public sealed interface Reception {

    /** It is taken: this is what is known now. */
    record Taken(Tally tally) implements Reception {}

    /** It is not taken, as it contradicts what was reported before. */
    record Refused(String why) implements Reception {}
}
