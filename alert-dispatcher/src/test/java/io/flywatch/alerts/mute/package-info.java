/** Tests of mute times. */
@NullMarked
package io.flywatch.alerts.mute;

import org.jspecify.annotations.NullMarked;
