/** What both who declares a pipeline and who applies it must find right in it. */
@NullMarked
package io.flywatch.kit.pipeline;

import org.jspecify.annotations.NullMarked;
