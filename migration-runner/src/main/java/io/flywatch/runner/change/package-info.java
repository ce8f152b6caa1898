/** What a change in Java implements and is given: for what no pipeline can say. */
@NullMarked
package io.flywatch.runner.change;

import org.jspecify.annotations.NullMarked;
