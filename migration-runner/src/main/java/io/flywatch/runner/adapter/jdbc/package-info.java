/** Looks at source databases and prepares them for replication. */
@NullMarked
package io.flywatch.runner.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
