/** Scores CSV files on the command line, with the detector of the service and without the rest of it. */
@NullMarked
package io.flywatch.anomaly.adapter.csv;

import org.jspecify.annotations.NullMarked;
