@NullMarked
package io.flywatch.runner.schedule;

import org.jspecify.annotations.NullMarked;
