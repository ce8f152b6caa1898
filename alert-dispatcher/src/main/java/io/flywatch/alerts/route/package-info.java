/** Routes: who is to be told of what, and why nobody is told. */
@NullMarked
package io.flywatch.alerts.route;

import org.jspecify.annotations.NullMarked;
