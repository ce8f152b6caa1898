@NullMarked
package io.flywatch.anomaly.adapter.file;

import org.jspecify.annotations.NullMarked;
