/** Fault suites: each breaks something at random, many times, and then looks whether everything is right. */
@NullMarked
package io.flywatch.system.faults;

import org.jspecify.annotations.NullMarked;
