package io.flywatch.cdc.change;

/** Reads one topic's records; not for several threads at once. */
public interface RecordDecoder {

    /**
     * What a record says; never throws for what the record contains.
     *
     * @throws Catalogue.SourceAwayException if the types have to be asked for, and nobody answers
     * @throws Catalogue.ChangedTypeException if the table's types have changed so that its records can't be told apart
     */
    Decoded decode(Raw raw);
}
