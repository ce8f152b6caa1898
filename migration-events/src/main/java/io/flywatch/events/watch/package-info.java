/** Who is watched, and up to when: so that silence can be told from nobody watching. */
@NullMarked
package io.flywatch.events.watch;

import org.jspecify.annotations.NullMarked;
