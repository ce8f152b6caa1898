/** What detection costs: points a second, bytes a series, and the time from an event to the decision on it. */
@NullMarked
package io.flywatch.system.bench.detect;

import org.jspecify.annotations.NullMarked;
