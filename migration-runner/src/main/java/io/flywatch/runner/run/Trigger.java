package io.flywatch.runner.run;

import org.jspecify.annotations.Nullable;

/**
 * What starts a run.
 *
 * @param by {@code rest}, {@code command}, {@code schedule}, {@code rollback}
 * @param key a trigger with a key that was seen before starts nothing
 * @param undo what the run is to undo; null if it is to do the migration's work
 */
public record Trigger(
        String by, @Nullable String key, @Nullable Undo undo) {

    /** Somebody asked by REST. */
    public static Trigger rest(@Nullable String key) {
        return new Trigger("rest", key, null);
    }

    /** A command came by Kafka. */
    public static Trigger command(@Nullable String key) {
        return new Trigger("command", key, null);
    }

    /** The time had come. */
    public static Trigger schedule(String key) {
        return new Trigger("schedule", key, null);
    }

    /** Somebody wants something undone. */
    public static Trigger rollback(@Nullable String key, Undo undo) {
        return new Trigger("rollback", key, undo);
    }
}
