/** Tests of {@code adapter.pagerduty}. */
@NullMarked
package io.flywatch.alerts.adapter.pagerduty;

import org.jspecify.annotations.NullMarked;
