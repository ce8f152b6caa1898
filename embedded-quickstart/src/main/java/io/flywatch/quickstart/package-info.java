/** The command: options, and the order in which the parts are put together. */
@NullMarked
package io.flywatch.quickstart;

import org.jspecify.annotations.NullMarked;
