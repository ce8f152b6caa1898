/** The stand-in's memory with documents in the order of their ids, so that a walk over many is no walk over all of them for each batch. */
@NullMarked
package io.flywatch.stack.ordered;

import org.jspecify.annotations.NullMarked;
