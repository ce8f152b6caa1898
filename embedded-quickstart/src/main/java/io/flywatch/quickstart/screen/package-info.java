/** What the terminal shows: figures are folded into a view, the view is drawn as lines, and lines are put on the terminal. */
@NullMarked
package io.flywatch.quickstart.screen;

import org.jspecify.annotations.NullMarked;
