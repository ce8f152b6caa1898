/** Several changes of one key become the one write that leaves the target as if they had been applied one by one. */
@NullMarked
package io.flywatch.cdc.order;

import org.jspecify.annotations.NullMarked;
