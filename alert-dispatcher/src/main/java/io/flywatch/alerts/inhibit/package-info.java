/** Inhibition: what is only the consequence of something that is told anyway. */
@NullMarked
package io.flywatch.alerts.inhibit;

import org.jspecify.annotations.NullMarked;
