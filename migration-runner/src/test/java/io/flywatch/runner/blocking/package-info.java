/** Tests of the policy of blocking. */
@NullMarked
package io.flywatch.runner.blocking;

import org.jspecify.annotations.NullMarked;
