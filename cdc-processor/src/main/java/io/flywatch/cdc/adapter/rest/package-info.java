/** What the processor tells over HTTP. */
@NullMarked
package io.flywatch.cdc.adapter.rest;

import org.jspecify.annotations.NullMarked;
