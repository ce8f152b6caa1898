/** Tests of statements. */
@NullMarked
package io.flywatch.runner.sql;

import org.jspecify.annotations.NullMarked;
