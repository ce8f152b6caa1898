package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.verify.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the source has to look like at a target. Both sides of a verification are brought into this form: the source's row by
 * the same mapping that changes are applied with, the target's as it is found.
 */
public interface Form {

    /** The digest of what the target has to have for this row. */
    Digest digest(Key key, Row row);

    /** A canonical text for each column of what the target has to have, by its name there. */
    Map<String, @Nullable String> image(Key key, Row row);

    /** Whether the target may have nothing beside what this says. */
    default boolean isWhole() {
        return false;
    }
}
