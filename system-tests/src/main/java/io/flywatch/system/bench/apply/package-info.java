/** How fast a stream of changes is applied: Flywatch, the sinks of Kafka Connect, and a bare loop over the driver, on the same topic. */
@NullMarked
package io.flywatch.system.bench.apply;

import org.jspecify.annotations.NullMarked;
