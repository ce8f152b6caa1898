@NullMarked
package io.flywatch.stack.replica;

import org.jspecify.annotations.NullMarked;
