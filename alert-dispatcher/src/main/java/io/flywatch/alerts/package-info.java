/** The wiring: configuration, metrics, taking alerts in and bringing notices out. */
@NullMarked
package io.flywatch.alerts;

import org.jspecify.annotations.NullMarked;
