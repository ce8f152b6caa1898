/** Topics read and written. */
@NullMarked
package io.flywatch.runner.adapter.kafka;

import org.jspecify.annotations.NullMarked;
