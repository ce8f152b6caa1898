/** Who may call what. */
@NullMarked
package io.flywatch.kit.access;

import org.jspecify.annotations.NullMarked;
