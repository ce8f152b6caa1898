/** Tells PagerDuty, by its Events API v2. */
@NullMarked
package io.flywatch.alerts.adapter.pagerduty;

import org.jspecify.annotations.NullMarked;
