/** What benchmarks and fault suites stand on: arguments, the machine, packaged services as processes. */
@NullMarked
package io.flywatch.system.stand;

import org.jspecify.annotations.NullMarked;
