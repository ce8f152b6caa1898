package io.flywatch.runner.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do now; found out without changing anything.
 *
 * @param steps each step of the run, in order
 * @param refusals why the run would be refused before its first step; empty if it could begin
 * @param remarks what a person should know of the whole, e.g. that the server has no transactions
 */
public record DryRun(List<Step> steps, List<String> refusals, List<String> remarks) {
    public DryRun {
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
        remarks = List.copyOf(remarks);
    }

    /** Whether a step is still to be done. */
    public enum State {
        /** By an earlier run; nothing would happen. */
        @JsonProperty("applied")
        APPLIED,
        /** By an earlier run, in part; it would go on where it stands. */
        @JsonProperty("begun")
        BEGUN,
        /** All of it. */
        @JsonProperty("open")
        OPEN
    }

    /**
     * One step.
     *
     * @param index its place in the run, from 1
     * @param name as the run would call it
     * @param would what would be done, for a person
     * @param matches how many documents or rows the filter finds now; null if the step has none or it took too long to count
     * @param servedBy the index that serves the filter; null if there is no filter, none serves it, or the server does not tell
     * @param warnings e.g. that a whole collection would be scanned
     */
    public record Step(
            int index,
            String name,
            State state,
            String would,
            @Nullable Long matches,
            @Nullable String servedBy,
            List<String> warnings) {
        public Step {
            warnings = List.copyOf(warnings);
        }
    }
}
