package io.flywatch.cdc.embed;

import java.util.List;

/**
 * An array of embedded rows.
 *
 * @param parents the collection of the documents that have it
 * @param children the collection that keeps each element as a document of its own, which the arrays are made from
 * @param name the field
 * @param omitted columns, by their names at the target, that an element lacks: those that say where it belongs
 */
public record EmbeddedArray(String parents, String children, String name, List<String> omitted) {
    public EmbeddedArray {
        omitted = List.copyOf(omitted);
    }
}
