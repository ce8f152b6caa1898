package io.flywatch.cdc;

import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;

/** Looks at sources of one kind. */
public interface SourceLooker {

    /** Whether that is the URL of a source of its kind. */
    boolean takes(String url);

    /**
     * What a pipeline's source tells of itself now.
     *
     * @throws UnseenException if it does not answer
     */
    SourceLook look(PipelineDeclared pipeline, Connections.Connection source);

    /** A source that does not answer. */
    final class UnseenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With what the database said, without secrets. */
        public UnseenException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
