/** The wiring: configuration, metrics, and the rules in force. */
@NullMarked
package io.flywatch.anomaly;

import org.jspecify.annotations.NullMarked;
