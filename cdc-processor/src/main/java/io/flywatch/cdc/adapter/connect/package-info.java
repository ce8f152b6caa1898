/** What Kafka Connect knows of the connectors whose changes are applied. */
@NullMarked
package io.flywatch.cdc.adapter.connect;

import org.jspecify.annotations.NullMarked;
