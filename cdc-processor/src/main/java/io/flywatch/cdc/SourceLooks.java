package io.flywatch.cdc;

import io.flywatch.cdc.lag.SourceLook;

/** What pipelines' sources tell of themselves. */
public interface SourceLooks {

    /** The latest look at a pipeline's source; {@link SourceLook#NONE} if it has not been looked at, or does not answer. */
    SourceLook of(String pipeline);
}
