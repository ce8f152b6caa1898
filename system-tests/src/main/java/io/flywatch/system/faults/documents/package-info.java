/** Documents on their way, from a replica set, disturbed. */
@NullMarked
package io.flywatch.system.faults.documents;

import org.jspecify.annotations.NullMarked;
