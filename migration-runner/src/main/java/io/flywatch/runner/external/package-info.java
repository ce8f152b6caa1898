/** The work of somebody else's tool: what it reports, what of that is taken, and when it is silent. */
@NullMarked
package io.flywatch.runner.external;

import org.jspecify.annotations.NullMarked;
