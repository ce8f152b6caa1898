/** Migration incidents: recorded with everything real, stretched by a generator, and replayed through the detection. */
@NullMarked
package io.flywatch.system.bench.incidents;

import org.jspecify.annotations.NullMarked;
