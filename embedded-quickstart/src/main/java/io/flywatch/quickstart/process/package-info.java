/** The processes of the quickstart, and the promise that none outlives it. */
@NullMarked
package io.flywatch.quickstart.process;

import org.jspecify.annotations.NullMarked;
