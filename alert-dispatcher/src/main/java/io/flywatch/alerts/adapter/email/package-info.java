/** Tells people by email. */
@NullMarked
package io.flywatch.alerts.adapter.email;

import org.jspecify.annotations.NullMarked;
