@NullMarked
package io.flywatch.runner.adapter.yaml;

import org.jspecify.annotations.NullMarked;
