@NullMarked
package io.flywatch.stack;

import org.jspecify.annotations.NullMarked;
