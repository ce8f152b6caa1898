/** Tests of {@code notice}. */
@NullMarked
package io.flywatch.alerts.notice;

import org.jspecify.annotations.NullMarked;
