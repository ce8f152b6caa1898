/** A new snapshot of tables while their changes stream: what was asked for, what the connector told of it, and what is to be done next. */
@NullMarked
package io.flywatch.runner.resnapshot;

import org.jspecify.annotations.NullMarked;
