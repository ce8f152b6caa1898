/** What a change set does, one record per kind of step. */
@NullMarked
package io.flywatch.runner.step;

import org.jspecify.annotations.NullMarked;
