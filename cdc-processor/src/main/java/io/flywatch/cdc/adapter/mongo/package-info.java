/** MongoDB as a target. */
@NullMarked
package io.flywatch.cdc.adapter.mongo;

import org.jspecify.annotations.NullMarked;
