/** Runs migrations: starts them, follows them, ends them, and answers whether one may go on. */
@NullMarked
package io.flywatch.runner;

import org.jspecify.annotations.NullMarked;
