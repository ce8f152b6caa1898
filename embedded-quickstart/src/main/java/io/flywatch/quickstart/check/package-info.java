/** The judgement at the end of {@code --check}: what has to hold, and the figures. */
@NullMarked
package io.flywatch.quickstart.check;

import org.jspecify.annotations.NullMarked;
