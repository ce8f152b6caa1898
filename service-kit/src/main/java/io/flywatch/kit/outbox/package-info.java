/** Facts that leave a service in the transaction that made them. */
@NullMarked
package io.flywatch.kit.outbox;

import org.jspecify.annotations.NullMarked;
