/** Follows the work of somebody else's tool: by what it reports, and by what its database says of it. */
@NullMarked
package io.flywatch.runner.adapter.external;

import org.jspecify.annotations.NullMarked;
