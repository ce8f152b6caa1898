@NullMarked
package io.flywatch.kit.pipeline;

import org.jspecify.annotations.NullMarked;
