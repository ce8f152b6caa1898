/** When a migration is to be started by itself, and what becomes of a time that was missed. */
@NullMarked
package io.flywatch.runner.schedule;

import org.jspecify.annotations.NullMarked;
