/** What the demo can break, and how it mends it. */
@NullMarked
package io.flywatch.quickstart.trouble;

import org.jspecify.annotations.NullMarked;
