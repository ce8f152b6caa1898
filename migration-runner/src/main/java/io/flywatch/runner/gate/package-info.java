/** Whether one may go on, with every reason and its evidence. */
@NullMarked
package io.flywatch.runner.gate;

import org.jspecify.annotations.NullMarked;
