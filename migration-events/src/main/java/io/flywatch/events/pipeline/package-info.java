/** Which standing routes exist, on a compacted topic. */
@NullMarked
package io.flywatch.events.pipeline;

import org.jspecify.annotations.NullMarked;
