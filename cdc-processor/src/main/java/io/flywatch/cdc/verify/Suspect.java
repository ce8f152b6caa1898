package io.flywatch.cdc.verify;

/**
 * A row that differed when it was read: perhaps only because the change was still on its way.
 *
 * @param key whose row
 * @param looks how often it was looked at again
 * @param confirmed how many of the last looks in a row showed the same difference, where one look alone is no proof
 * @param repairs how often it was proved to differ and repaired
 */
public record Suspect(RowKey key, int looks, int confirmed, int repairs) {

    /** One that was just found. */
    public static Suspect of(RowKey key) {
        return new Suspect(key, 0, 0, 0);
    }

    /** It differs, as far as one look can tell. */
    Suspect likely() {
        return new Suspect(key, looks + 1, confirmed + 1, repairs);
    }

    /** It changed meanwhile. */
    Suspect changing() {
        return new Suspect(key, looks + 1, 0, repairs);
    }

    /** It has been repaired, and is to be looked at as if for the first time. */
    Suspect repaired() {
        return new Suspect(key, 0, 0, repairs + 1);
    }
}
