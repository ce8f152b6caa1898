/** Tests of inhibitions. */
@NullMarked
package io.flywatch.alerts.inhibit;

import org.jspecify.annotations.NullMarked;
