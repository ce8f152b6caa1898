package io.flywatch.cdc.lag;

import io.flywatch.events.lag.PipelineState;

/** Why neither changes nor heartbeats arrive, by what the source itself says. */
final class Silence {

    private Silence() {}

    static Verdict verdict(Situation s) {
        Evidence evidence = s.evidence();
        if (evidence.connected() == null) {
            return new Verdict(PipelineState.STALLED, unknown(s));
        }
        if (evidence.decoding()) {
            return new Verdict(
                    PipelineState.CATCHING_UP,
                    "The connector is connected, and the source decodes a large transaction for it: until that is through, nothing"
                            + " that was committed later can come" + age(s) + ".");
        }
        if (Verdict.isLate(evidence.beatAgeAtSource())) {
            return new Verdict(
                    PipelineState.STREAMING,
                    "The heartbeat at the source has stopped" + age(s)
                            + ", while the connector is connected. Without it nobody can tell whether the source is idle.");
        }
        return new Verdict(
                PipelineState.STALLED,
                "Heartbeats are written at the source and do not arrive" + age(s)
                        + ": the connector is connected but hands nothing on. See its state at Kafka Connect.");
    }

    static String notConnected(Situation s) {
        return "The connector does not run: nobody reads the pipeline's replication slot at the source" + age(s)
                + ". See its state at Kafka Connect.";
    }

    private static String unknown(Situation s) {
        return "Neither changes nor heartbeats arrive" + age(s)
                + ": the connector does not run, or it can't reach the source. See its state at Kafka Connect.";
    }

    static String age(Situation s) {
        return s.heartbeatAge() == null ? "" : "; the last heartbeat is " + Verdict.seconds(s.heartbeatAge()) + " old";
    }
}
