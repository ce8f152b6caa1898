/** Silences: what nobody wants to hear of for a while. */
@NullMarked
package io.flywatch.alerts.silence;

import org.jspecify.annotations.NullMarked;
