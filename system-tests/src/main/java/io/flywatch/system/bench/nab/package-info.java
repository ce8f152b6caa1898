/** The Numenta Anomaly Benchmark: its data, its scoring, and how the detector does on it. */
@NullMarked
package io.flywatch.system.bench.nab;

import org.jspecify.annotations.NullMarked;
