/** Kafka, PostgreSQL, MariaDB and a stand-in for MongoDB on loopback, without a container: for the quickstart and for tests. */
@NullMarked
package io.flywatch.stack;

import org.jspecify.annotations.NullMarked;
