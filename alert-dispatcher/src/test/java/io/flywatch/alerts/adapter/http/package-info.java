/** Tests of {@code adapter.http}. */
@NullMarked
package io.flywatch.alerts.adapter.http;

import org.jspecify.annotations.NullMarked;
