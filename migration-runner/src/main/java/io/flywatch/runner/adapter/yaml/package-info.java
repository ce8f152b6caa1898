/** Reads declarations from files and says precisely what is wrong with them. */
@NullMarked
package io.flywatch.runner.adapter.yaml;

import org.jspecify.annotations.NullMarked;
