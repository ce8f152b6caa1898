package io.flywatch.runner;

import io.flywatch.runner.migration.Flaw;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Triggered;
import java.util.List;

/** The answer to a trigger. */
public sealed interface Answer {
    /** A new run. */
    record Started(Run run) implements Answer {}

    /** The run that an earlier trigger with the same key started. */
    record Repeated(Run run) implements Answer {}

    /** Nothing was started: the key was used before, for something else. */
    record Misused(Run run) implements Answer {}

    /** Nothing was started: this run of the migration is active. */
    record Busy(Run run) implements Answer {}

    /** Nothing was started: no file declares it; these are declared. */
    record Unknown(List<String> declared) implements Answer {}

    /** Nothing was started: its file is wrong. */
    record Malformed(List<Flaw> flaws) implements Answer {}

    /** Nothing was started, and nothing was changed: it could not begin. */
    record Impossible(RunFailure why) implements Answer {}

    /** The same as an answer. */
    static Answer of(Triggered triggered) {
        return switch (triggered) {
            case Triggered.Created it -> new Started(it.run());
            case Triggered.Repeated it -> new Repeated(it.run());
            case Triggered.Misused it -> new Misused(it.run());
            case Triggered.Busy it -> new Busy(it.run());
        };
    }
}
