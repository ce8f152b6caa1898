/** Events as Kafka records with CloudEvents headers. */
@NullMarked
package io.flywatch.kit.events;

import org.jspecify.annotations.NullMarked;
