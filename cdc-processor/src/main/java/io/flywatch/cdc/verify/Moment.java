package io.flywatch.cdc.verify;

import java.time.Instant;

/**
 * A moment at the source.
 *
 * @param clock by the source's clock
 * @param place where its log ended then: whatever could be seen before was committed before that place
 */
public record Moment(Instant clock, LogPlace place) {}
