/** Alerts: what somebody should know of, and who it is the same as. */
@NullMarked
package io.flywatch.alerts.alert;

import org.jspecify.annotations.NullMarked;
