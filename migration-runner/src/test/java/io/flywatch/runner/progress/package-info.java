@NullMarked
package io.flywatch.runner.progress;

import org.jspecify.annotations.NullMarked;
