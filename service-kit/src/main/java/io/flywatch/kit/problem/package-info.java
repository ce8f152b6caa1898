/** Errors as RFC 9457 problem details. */
@NullMarked
package io.flywatch.kit.problem;

import org.jspecify.annotations.NullMarked;
