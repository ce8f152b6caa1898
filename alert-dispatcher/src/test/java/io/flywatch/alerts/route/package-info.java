/** Tests of {@code route}. */
@NullMarked
package io.flywatch.alerts.route;

import org.jspecify.annotations.NullMarked;
