/** A Kafka Connect worker that is a process of its own. */
@NullMarked
package io.flywatch.quickstart.connect;

import org.jspecify.annotations.NullMarked;
