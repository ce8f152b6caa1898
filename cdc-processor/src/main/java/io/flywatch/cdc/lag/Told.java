package io.flywatch.cdc.lag;

import io.flywatch.events.lag.LagSample;
import java.time.Duration;
import java.util.List;

/**
 * What a replica of the processor said last.
 *
 * @param age how long ago it was heard
 */
public record Told(LagSample sample, Duration age) {
    private static final Duration SILENT = Duration.ofSeconds(10);

    /** A replica speaks each second: whoever says nothing for ten has gone, stands still, or can't reach Kafka. */
    public boolean isSilent() {
        return age.compareTo(SILENT) > 0;
    }

    /** How long it has been silent, for a person. */
    String silence() {
        return "silent for " + age.toSeconds() + " s";
    }

    List<LagSample.Holding> holds() {
        LagSample.Share share = sample.share();
        return share == null ? List.of() : share.holds();
    }

    /** Whether it has a part of the pipeline, or may have one as it does not tell. */
    boolean mayHold() {
        return sample.share() == null
                || sample.stalenessSeconds() != null
                || !sample.share().holds().isEmpty();
    }
}
