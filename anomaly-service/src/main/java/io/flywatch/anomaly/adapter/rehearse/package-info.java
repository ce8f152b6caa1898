/** The command that goes through recorded events with the detector, in the time in which they were heard. */
@NullMarked
package io.flywatch.anomaly.adapter.rehearse;

import org.jspecify.annotations.NullMarked;
