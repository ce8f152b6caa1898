@NullMarked
package io.flywatch.anomaly.cause;

import org.jspecify.annotations.NullMarked;
