package io.flywatch.cdc;

import io.flywatch.cdc.lag.Rate;
import io.flywatch.cdc.lag.WorstOf;

/** What is measured of one table. */
record TableStats(WorstOf worst, Rate rate) {
    TableStats() {
        this(new WorstOf(), new Rate());
    }
}
