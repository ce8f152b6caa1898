/** The policy: routes, inhibitions, mute times, escalations and receivers, as one checked whole. */
@NullMarked
package io.flywatch.alerts.policy;

import org.jspecify.annotations.NullMarked;
