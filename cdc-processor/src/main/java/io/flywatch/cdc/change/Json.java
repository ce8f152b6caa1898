package io.flywatch.cdc.change;

/**
 * A JSON document as the source wrote it.
 *
 * @param text not parsed yet
 */
public record Json(String text) {}
