/** Tests of this package. */
@NullMarked
package io.flywatch.runner.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
