/** Tests. */
@NullMarked
package io.flywatch.cdc.adapter.mongo;

import org.jspecify.annotations.NullMarked;
