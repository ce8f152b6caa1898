/** Tests of what is answered over HTTP. */
@NullMarked
package io.flywatch.anomaly.adapter.rest;

import org.jspecify.annotations.NullMarked;
