/** Tests of what tools report. */
@NullMarked
package io.flywatch.runner.external;

import org.jspecify.annotations.NullMarked;
