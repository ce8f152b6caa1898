@NullMarked
package io.flywatch.runner;

import org.jspecify.annotations.NullMarked;
