/** What migrations of MongoDB cost beside the bare driver. */
@NullMarked
package io.flywatch.system.bench.mongo;

import org.jspecify.annotations.NullMarked;
