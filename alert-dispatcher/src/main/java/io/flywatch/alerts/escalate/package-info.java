/** Escalation: who is told next if nobody acknowledges. */
@NullMarked
package io.flywatch.alerts.escalate;

import org.jspecify.annotations.NullMarked;
