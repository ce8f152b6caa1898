/** Tests of what is answered over HTTP. */
@NullMarked
package io.flywatch.alerts.adapter.rest;

import org.jspecify.annotations.NullMarked;
