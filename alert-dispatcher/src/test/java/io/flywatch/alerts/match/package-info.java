/** Tests of matchers. */
@NullMarked
package io.flywatch.alerts.match;

import org.jspecify.annotations.NullMarked;
