/** The platform's meters, brought into Prometheus' conventions. */
@NullMarked
package io.flywatch.kit.metrics;

import org.jspecify.annotations.NullMarked;
