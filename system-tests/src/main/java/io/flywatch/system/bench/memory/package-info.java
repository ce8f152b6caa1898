/** How much memory a processor takes, whatever comes. */
@NullMarked
package io.flywatch.system.bench.memory;

import org.jspecify.annotations.NullMarked;
