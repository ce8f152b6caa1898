/** The packaged alert-dispatcher, and a receiver that can be made to misbehave. */
@NullMarked
package io.flywatch.system.stand.alerts;

import org.jspecify.annotations.NullMarked;
