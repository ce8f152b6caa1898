/** Keeps runs in PostgreSQL and writes their facts to the outbox in the same transaction. */
@NullMarked
package io.flywatch.runner.adapter.orm;

import org.jspecify.annotations.NullMarked;
