/** Delivery: how a notice reaches its receiver, or when it is tried again. */
@NullMarked
package io.flywatch.alerts.deliver;

import org.jspecify.annotations.NullMarked;
