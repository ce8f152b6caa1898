/** The runner's REST API, as a CI job would use it. */
@NullMarked
package io.flywatch.quickstart.runner;

import org.jspecify.annotations.NullMarked;
