package io.flywatch.runner.run;

import org.jspecify.annotations.Nullable;

/** What a demand on a run comes to. */
public sealed interface Ruling {

    /** The run stands there at once. */
    record Move(RunStatus.Active to) implements Ruling {}

    /** The runner that works on it is asked; null takes back what was asked before. */
    record Ask(@Nullable Wish wish) implements Ruling {}

    /** A rollback of it may begin. */
    record Undoable() implements Ruling {}

    /** It is so already, or soon will be. */
    record Already() implements Ruling {}

    /** It can't be. */
    record Refused(String title, String why, String remedy) implements Ruling {}
}
