/** Tests of what a server says. */
@NullMarked
package io.flywatch.runner.server;

import org.jspecify.annotations.NullMarked;
