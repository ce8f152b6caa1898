/** Tests of running SQL scripts, on real servers. */
@NullMarked
package io.flywatch.runner.adapter.flyway;

import org.jspecify.annotations.NullMarked;
