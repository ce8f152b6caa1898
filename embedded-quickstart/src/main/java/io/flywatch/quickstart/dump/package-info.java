/** Reads SQL dumps as psql would, and loads them. */
@NullMarked
package io.flywatch.quickstart.dump;

import org.jspecify.annotations.NullMarked;
