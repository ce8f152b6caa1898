/** Starts the parts, each when those that it needs are there. */
@NullMarked
package io.flywatch.quickstart.boot;

import org.jspecify.annotations.NullMarked;
