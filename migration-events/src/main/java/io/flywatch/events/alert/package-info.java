/** Who was told what, and what became of it. */
@NullMarked
package io.flywatch.events.alert;

import org.jspecify.annotations.NullMarked;
