package io.flywatch.cdc.avro;

import java.util.Optional;

/** Where the schemas of messages are that name theirs by a number. */
public interface Schemas {

    /** Whether somebody set it up. */
    boolean isThere();

    /** How many bytes the number has in a message, behind the zero that it begins with: 4 or 8. */
    int bytesOfId();

    /**
     * A schema as JSON, with everything that it refers to; empty if there is none of that number. It is asked once for each.
     *
     * @throws io.flywatch.cdc.change.Catalogue.SourceAwayException if the registry does not answer
     */
    Optional<String> schema(long id);

    /** None. */
    Schemas NONE = new Schemas() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public int bytesOfId() {
            return Long.BYTES;
        }

        @Override
        public Optional<String> schema(long id) {
            return Optional.empty();
        }
    };
}
