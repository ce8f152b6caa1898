@NullMarked
package io.flywatch.runner.replication;

import org.jspecify.annotations.NullMarked;
