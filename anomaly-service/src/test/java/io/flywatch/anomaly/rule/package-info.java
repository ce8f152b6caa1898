/** Tests of {@code rule}. */
@NullMarked
package io.flywatch.anomaly.rule;

import org.jspecify.annotations.NullMarked;
