@NullMarked
package io.flywatch.runner.batch;

import org.jspecify.annotations.NullMarked;
