/** Keeps alerts, decisions and notices in PostgreSQL, and sends facts out through the outbox. */
@NullMarked
package io.flywatch.alerts.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
