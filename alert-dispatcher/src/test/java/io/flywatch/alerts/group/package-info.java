/** Tests of {@code group}. */
@NullMarked
package io.flywatch.alerts.group;

import org.jspecify.annotations.NullMarked;
