/** Tests of {@code alert}. */
@NullMarked
package io.flywatch.alerts.alert;

import org.jspecify.annotations.NullMarked;
