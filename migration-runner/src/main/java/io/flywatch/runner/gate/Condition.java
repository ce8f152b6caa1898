package io.flywatch.runner.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must hold for the gate to be open.
 *
 * @param name a short name, always the same
 * @param verdict whether it holds
 * @param evidence what was seen, against what is asked
 * @param at when it was seen; null if it was not
 * @param remedy what to do if it does not hold; null if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        String name,
        Verdict verdict,
        String evidence,
        @Nullable Instant at,
        @Nullable String remedy) {

    /** Whether a condition holds. What is not known does not hold. */
    public enum Verdict {
        @JsonProperty("holds")
        HOLDS,
        @JsonProperty("fails")
        FAILS,
        @JsonProperty("unknown")
        UNKNOWN
    }

    static Condition of(String name, boolean holds, String evidence, Instant at, String remedy) {
        return new Condition(name, holds ? Verdict.HOLDS : Verdict.FAILS, evidence, at, holds ? null : remedy);
    }

    static Condition unknown(String name, String why, String remedy) {
        return new Condition(name, Verdict.UNKNOWN, why, null, remedy);
    }
}
