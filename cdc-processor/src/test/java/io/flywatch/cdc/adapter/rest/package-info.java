/** Tests of what is answered over HTTP. */
@NullMarked
package io.flywatch.cdc.adapter.rest;

import org.jspecify.annotations.NullMarked;
