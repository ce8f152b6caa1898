/** How far each pipeline's target is behind its source. */
@NullMarked
package io.flywatch.events.lag;

import org.jspecify.annotations.NullMarked;
