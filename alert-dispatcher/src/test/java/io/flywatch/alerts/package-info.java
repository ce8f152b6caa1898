/** Tests of the alert-dispatcher as a whole. */
@NullMarked
package io.flywatch.alerts;

import org.jspecify.annotations.NullMarked;
