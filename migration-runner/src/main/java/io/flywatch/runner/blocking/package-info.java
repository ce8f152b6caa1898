/** Decides whether a run that keeps other sessions waiting may go on. */
@NullMarked
package io.flywatch.runner.blocking;

import org.jspecify.annotations.NullMarked;
