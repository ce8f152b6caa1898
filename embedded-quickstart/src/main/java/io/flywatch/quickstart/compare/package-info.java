/**
 * Holds every table of the source against its collection, row by row, after the changes have stopped. It shares no code with the
 * services, so that a mistake there does not hide itself.
 */
@NullMarked
package io.flywatch.quickstart.compare;

import org.jspecify.annotations.NullMarked;
