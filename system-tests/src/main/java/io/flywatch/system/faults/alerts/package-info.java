/** Breaks the alert-dispatcher and what it stands on, and counts what was lost and doubled. */
@NullMarked
package io.flywatch.system.faults.alerts;

import org.jspecify.annotations.NullMarked;
