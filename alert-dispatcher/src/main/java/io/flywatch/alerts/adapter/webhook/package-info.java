/** Tells any HTTP endpoint, signed. */
@NullMarked
package io.flywatch.alerts.adapter.webhook;

import org.jspecify.annotations.NullMarked;
