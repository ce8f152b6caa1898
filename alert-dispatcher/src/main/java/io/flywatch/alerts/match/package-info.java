/** Matchers: conditions on labels, as routes, silences and inhibitions use them. */
@NullMarked
package io.flywatch.alerts.match;

import org.jspecify.annotations.NullMarked;
