/** Tests of {@code adapter.slack}. */
@NullMarked
package io.flywatch.alerts.adapter.slack;

import org.jspecify.annotations.NullMarked;
