/** Episodes: how judgements over time become an anomaly that opens, gets worse, and closes. */
@NullMarked
package io.flywatch.anomaly.episode;

import org.jspecify.annotations.NullMarked;
