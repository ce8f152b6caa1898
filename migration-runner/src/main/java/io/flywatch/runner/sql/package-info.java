/** SQL scripts: what their statements do, and what may be said of a script that was cut off. */
@NullMarked
package io.flywatch.runner.sql;

import org.jspecify.annotations.NullMarked;
