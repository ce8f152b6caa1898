package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Sees before a run what will stand in the way of its steps. What an earlier step makes, drops or renames stands otherwise by then, and
 * after a command or a Java change nothing is known any more: such steps are judged when it is their turn.
 */
final class Foresight {
    private final Grounds grounds;
    private final Set<String> changed = new HashSet<>();
    private boolean unknown;

    Foresight(Grounds grounds) {
        this.grounds = grounds;
    }

    /** What stands in the way of a step that is still to be done; they are asked for in order. */
    Optional<String> obstacle(Step step) {
        boolean isKnown = !unknown && !changed.contains(step.collection());
        Optional<String> obstacle = isKnown ? grounds.obstacle(step) : Optional.empty();
        pass(step);
        return obstacle;
    }

    /** The step is done by then, or may be. */
    void pass(Step step) {
        switch (step) {
            case CreateCollection it -> changed.add(it.collection());
            case DropCollection it -> changed.add(it.collection());
            case RenameCollection it -> {
                changed.add(it.collection());
                changed.add(it.to());
            }
            case Aggregate it -> changed.add(it.into());
            case RunCommand it -> unknown = true;
            case JavaStep it -> unknown = true;
            default -> {}
        }
    }
}
