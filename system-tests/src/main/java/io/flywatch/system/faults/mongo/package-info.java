/** The runner is killed in the middle of changing MongoDB. */
@NullMarked
package io.flywatch.system.faults.mongo;

import org.jspecify.annotations.NullMarked;
