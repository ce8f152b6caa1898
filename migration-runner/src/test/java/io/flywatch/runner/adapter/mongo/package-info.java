@NullMarked
package io.flywatch.runner.adapter.mongo;

import org.jspecify.annotations.NullMarked;
