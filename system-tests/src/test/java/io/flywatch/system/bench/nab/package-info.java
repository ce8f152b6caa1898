/** Tests of the benchmark's scoring, and that the detector stays as good as it was. */
@NullMarked
package io.flywatch.system.bench.nab;

import org.jspecify.annotations.NullMarked;
