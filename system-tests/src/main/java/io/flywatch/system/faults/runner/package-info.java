/** Breaks the migration-runner and what it stands on while a run is on its way. */
@NullMarked
package io.flywatch.system.faults.runner;

import org.jspecify.annotations.NullMarked;
