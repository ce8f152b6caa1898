@NullMarked
package io.flywatch.runner.step;

import org.jspecify.annotations.NullMarked;
