package io.flywatch.cdc;

import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.letter.Letter;
import io.flywatch.cdc.letter.Settled;
import java.util.List;
import java.util.Optional;

/** Where dead letters are kept with their bytes. */
public interface LetterShelf {

    /** The records of these letters, in their order; empty if they can't be read now. */
    Optional<List<Raw>> read(List<Letter> letters);

    /**
     * Notes that records were settled, for good.
     *
     * @return why that is not possible now; empty if it is noted
     */
    Optional<String> note(Settled settled);
}
