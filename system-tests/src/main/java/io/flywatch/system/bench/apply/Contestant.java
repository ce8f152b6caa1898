package io.flywatch.system.bench.apply;

import java.util.OptionalLong;

/** Somebody who applies the change stream to a target of his own. */
interface Contestant {
    /** What the table calls him. */
    String name();

    /** Begins to apply from the beginning of the topic. */
    void start() throws Exception;

    /** Whether that row is at his target. */
    boolean hasRow(long id) throws Exception;

    /** How many rows are at his target. */
    long rows() throws Exception;

    /** Why he can't go on, or an empty text. */
    default String trouble() throws Exception {
        return "";
    }

    /** How many of the measured records he applied in a second, if he takes the time himself. */
    default OptionalLong ownRate() {
        return OptionalLong.empty();
    }

    /** Ends what he started; his target may be looked at no more. */
    void stop() throws Exception;
}
