/** Series that left their expected range. */
@NullMarked
package io.flywatch.events.anomaly;

import org.jspecify.annotations.NullMarked;
