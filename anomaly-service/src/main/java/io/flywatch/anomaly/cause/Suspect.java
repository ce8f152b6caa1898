package io.flywatch.anomaly.cause;

/**
 * One suspect at one moment.
 *
 * @param strength how much speaks for it, from 0: 1 is a hint, 4 a sign, 10 as good as said by the one who knows
 * @param evidence what speaks for it, for a person
 */
record Suspect(CauseKind kind, double strength, String evidence) {}
