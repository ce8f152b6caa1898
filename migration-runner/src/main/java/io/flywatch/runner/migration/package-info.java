/** What is to be done: a migration as its file declares it. */
@NullMarked
package io.flywatch.runner.migration;

import org.jspecify.annotations.NullMarked;
