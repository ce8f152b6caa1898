/** Causes: what speaks for each of the usual suspects, weighed against each other. */
@NullMarked
package io.flywatch.anomaly.cause;

import org.jspecify.annotations.NullMarked;
