/** One version of a mongodb migration, and the order of versions. */
@NullMarked
package io.flywatch.runner.changeset;

import org.jspecify.annotations.NullMarked;
