/** Mute times: when a route is quiet, in its own time zone. */
@NullMarked
package io.flywatch.alerts.mute;

import org.jspecify.annotations.NullMarked;
