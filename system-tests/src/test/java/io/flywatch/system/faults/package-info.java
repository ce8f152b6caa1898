/** A few runs of the fault suites in every build. */
@NullMarked
package io.flywatch.system.faults;

import org.jspecify.annotations.NullMarked;
