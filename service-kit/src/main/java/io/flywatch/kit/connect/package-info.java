/** The REST API of Kafka Connect. */
@NullMarked
package io.flywatch.kit.connect;

import org.jspecify.annotations.NullMarked;
