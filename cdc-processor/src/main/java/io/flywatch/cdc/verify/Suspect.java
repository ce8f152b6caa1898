package io.flywatch.cdc.verify;

/**
 * A row that differed when it was read: perhaps only because the change was still on its way.
 *
 * @param key whose row
 * @param looks how often it was looked at again
 * @param confirmed how many of the last looks in a row showed the same difference, where one look alone is no proof
 */
public record Suspect(RowKey key, int looks, int confirmed) {

    /** One that was just found. */
    public static Suspect of(RowKey key) {
        return new Suspect(key, 0, 0);
    }
}
