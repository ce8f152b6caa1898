package io.flywatch.cdc.verify;

import org.jspecify.annotations.Nullable;

/** The keys whose rows are to be compared, where not all of a table's are. */
public interface KeyFeed {

    /**
     * The next keys; one may come several times.
     *
     * @param place where the last page ended; null for the first one
     */
    KeyPage next(@Nullable String place, int most);
}
