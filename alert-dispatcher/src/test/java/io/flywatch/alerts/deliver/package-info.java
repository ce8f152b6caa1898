/** Tests of {@code deliver}. */
@NullMarked
package io.flywatch.alerts.deliver;

import org.jspecify.annotations.NullMarked;
