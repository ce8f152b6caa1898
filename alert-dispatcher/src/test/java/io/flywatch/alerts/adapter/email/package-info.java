/** Tests of {@code adapter.email}. */
@NullMarked
package io.flywatch.alerts.adapter.email;

import org.jspecify.annotations.NullMarked;
