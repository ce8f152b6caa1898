/** Runs SQL scripts by Flyway, and watches the server while it does. */
@NullMarked
package io.flywatch.runner.adapter.flyway;

import org.jspecify.annotations.NullMarked;
