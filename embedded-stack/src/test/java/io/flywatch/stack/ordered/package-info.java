@NullMarked
package io.flywatch.stack.ordered;

import org.jspecify.annotations.NullMarked;
