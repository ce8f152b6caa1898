/** A snapshot and then a stream of changes: what is planned, what was seen, and when it is complete. */
@NullMarked
package io.flywatch.runner.replication;

import org.jspecify.annotations.NullMarked;
