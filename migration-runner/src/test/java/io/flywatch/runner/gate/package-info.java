@NullMarked
package io.flywatch.runner.gate;

import org.jspecify.annotations.NullMarked;
