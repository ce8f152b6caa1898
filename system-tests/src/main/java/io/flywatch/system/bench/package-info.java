/** Benchmarks: each measures Flywatch and its peer in one run, and writes a table. */
@NullMarked
package io.flywatch.system.bench;

import org.jspecify.annotations.NullMarked;
