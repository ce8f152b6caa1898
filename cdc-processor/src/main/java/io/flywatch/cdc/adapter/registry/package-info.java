/** Registries of schemas, asked over HTTP. */
@NullMarked
package io.flywatch.cdc.adapter.registry;

import org.jspecify.annotations.NullMarked;
