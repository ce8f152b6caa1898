/** Changes at the source while it is being moved, at a bounded rate. */
@NullMarked
package io.flywatch.quickstart.load;

import org.jspecify.annotations.NullMarked;
