/** Tests of the command that scores CSV files. */
@NullMarked
package io.flywatch.anomaly.adapter.csv;

import org.jspecify.annotations.NullMarked;
