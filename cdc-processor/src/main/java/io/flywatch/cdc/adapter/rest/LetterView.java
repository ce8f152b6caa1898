package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.letter.Letter;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dead letter without its bytes. */
@Schema(description = "A record that could not be applied, or that waits behind one of its key")
record LetterView(
        @Schema(description = "schema.table:partition:offset of the record at the source's topic")
        String id,

        String table,

        @Schema(description = "What tells its row from others")
        String key,

        @Schema(description = "unreadable, refused, or parked: an earlier record of its key is here")
        String kind,

        @Schema(description = "Why, for a person; names no value of the row")
        String reason,

        Instant at,
        int bytes) {

    static LetterView of(Letter letter) {
        return new LetterView(
                letter.id().text(),
                letter.id().table(),
                letter.key(),
                letter.kind(),
                letter.reason(),
                letter.at(),
                letter.bytes());
    }

    /**
     * A page of letters.
     *
     * @param open records of the run that are neither replayed nor discarded, by the position in the target
     * @param next to be given as {@code after} for the next page; null if this is the last one
     */
    @Schema(description = "A page of dead letters, in the order of their offsets")
    record Page(
            long open, List<LetterView> letters, @Nullable String next) {
        Page {
            letters = List.copyOf(letters);
        }
    }

    /**
     * How many.
     *
     * @param records in the topic of dead letters that are open, parked ones included
     * @param parkedKeys whose changes wait behind one
     */
    @Schema(description = "Open dead letters of the current run")
    record Count(long records, long parkedKeys) {}

    /**
     * A letter with its original bytes.
     *
     * @param keyBase64 the record's key, as it came
     * @param valueBase64 the record's value, as it came
     * @param value the same as text, if it is UTF-8
     */
    @Schema(description = "A dead letter with the original bytes")
    record Whole(
            LetterView letter,
            @Nullable String keyBase64,
            @Nullable String valueBase64,
            @Nullable String value) {}

    /**
     * What became of a replay or a discard.
     *
     * @param settled records
     * @param left records of the key that still wait
     */
    @Schema(description = "What became of it")
    record Settled(int settled, int left) {}
}
