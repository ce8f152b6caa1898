package io.flywatch.cdc.embed;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Documents with an array, and the rows that it is made from. Each method is a look or a write of its own: others change both meanwhile.
 *
 * @param <I> tells a document
 * @param <T> a document's token: whoever writes the array gives it a new one that was never there before
 * @param <E> an array's contents
 */
public interface Parents<I, T, E> {

    /** The tokens of those documents that are there. */
    Map<I, T> tokens(Collection<I> ids);

    /** What the arrays should hold, made from the rows as they are now; every id has an answer. */
    Map<I, E> contents(Collection<I> ids);

    /** Writes each array with a new token where the document still has the token that was read; tells where it had. */
    Set<I> write(Map<I, T> tokens, Map<I, E> contents);
}
