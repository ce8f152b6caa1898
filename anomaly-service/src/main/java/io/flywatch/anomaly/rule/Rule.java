package io.flywatch.anomaly.rule;

/** Looks at a migration and judges one of its series. The same situation always gets the same judgement. */
public sealed interface Rule
        permits LowThroughput, HighErrorRate, HighLag, Stalled, Silence, SourceBurst, Beyond, Unusual, Threshold {

    /** The rule's name. More than one rule may bear it, each for a series of its own. */
    RuleName name();

    /** The judgement of the series now. */
    Judgement judge(Situation situation);
}
