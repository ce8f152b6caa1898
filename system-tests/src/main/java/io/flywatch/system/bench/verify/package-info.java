/** How fast source and target are compared. */
@NullMarked
package io.flywatch.system.bench.verify;

import org.jspecify.annotations.NullMarked;
