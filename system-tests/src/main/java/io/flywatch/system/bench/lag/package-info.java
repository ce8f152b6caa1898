/** How long a change takes from its commit at the source to its commit at the target. */
@NullMarked
package io.flywatch.system.bench.lag;

import org.jspecify.annotations.NullMarked;
