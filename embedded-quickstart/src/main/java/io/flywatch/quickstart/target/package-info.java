/** The MongoDB that the data goes to: a server of one's own, or the stand-in. */
@NullMarked
package io.flywatch.quickstart.target;

import org.jspecify.annotations.NullMarked;
