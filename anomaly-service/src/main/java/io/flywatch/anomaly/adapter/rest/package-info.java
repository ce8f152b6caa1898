/** Answers questions about anomalies and rules. */
@NullMarked
package io.flywatch.anomaly.adapter.rest;

import org.jspecify.annotations.NullMarked;
