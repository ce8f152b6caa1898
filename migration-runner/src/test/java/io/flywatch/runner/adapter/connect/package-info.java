/** Tests of this package. */
@NullMarked
package io.flywatch.runner.adapter.connect;

import org.jspecify.annotations.NullMarked;
