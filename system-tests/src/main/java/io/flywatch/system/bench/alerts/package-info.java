/** Alerts: posted to delivered, beside Alertmanager. */
@NullMarked
package io.flywatch.system.bench.alerts;

import org.jspecify.annotations.NullMarked;
