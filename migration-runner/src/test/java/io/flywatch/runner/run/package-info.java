@NullMarked
package io.flywatch.runner.run;

import org.jspecify.annotations.NullMarked;
