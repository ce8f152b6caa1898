package io.flywatch.cdc.apply;

/**
 * Why a key's changes wait: a record of it is in the dead letters.
 *
 * @param since the offset of the first record that waits; what came before it has been settled
 * @param letters how many records of the key wait in the dead letters
 */
public record Parking(long since, long letters) {

    /** The first record of a key. */
    static Parking first(long offset) {
        return new Parking(offset, 1);
    }

    /** One more record follows. */
    Parking more() {
        return new Parking(since, letters + 1);
    }
}
