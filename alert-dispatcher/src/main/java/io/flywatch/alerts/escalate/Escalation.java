package io.flywatch.alerts.escalate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is told next if nobody acknowledges.
 *
 * @param steps in order of their time
 */
public record Escalation(String name, List<Step> steps) {

    /**
     * One step.
     *
     * @param after how long after the first notice
     */
    public record Step(Duration after, List<String> receivers) {
        public Step {
            receivers = List.copyOf(receivers);
        }
    }

    public Escalation {
        steps = List.copyOf(steps);
    }

    /**
     * How many steps are due.
     *
     * @param told when the first notice was sent
     */
    public int due(Instant told, Instant now) {
        return (int) steps.stream()
                .filter(step -> !now.isBefore(told.plus(step.after())))
                .count();
    }

    /** When the step after so many is due. */
    public Optional<Instant> next(Instant told, int done) {
        return done < steps.size() ? Optional.of(told.plus(steps.get(done).after())) : Optional.empty();
    }
}
