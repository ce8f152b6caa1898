/** A whole database on every route from source to target, under load and with a processor killed on the way. */
@NullMarked
package io.flywatch.system.faults.routes;

import org.jspecify.annotations.NullMarked;
