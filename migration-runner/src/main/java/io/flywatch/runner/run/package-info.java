/** One execution of a migration: its states, its moves and its failures. */
@NullMarked
package io.flywatch.runner.run;

import org.jspecify.annotations.NullMarked;
