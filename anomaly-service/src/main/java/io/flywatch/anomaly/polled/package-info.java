/** Series that nobody tells of and that are asked for: what Prometheus knows of the surroundings of a migration. */
@NullMarked
package io.flywatch.anomaly.polled;

import org.jspecify.annotations.NullMarked;
