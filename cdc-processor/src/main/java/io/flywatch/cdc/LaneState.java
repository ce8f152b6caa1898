package io.flywatch.cdc;

import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.position.Position;
import java.util.HashSet;
import java.util.Set;

/** Where a lane stands. */
sealed interface LaneState {

    /** Whether it may move on; whatever ended a lane stands. */
    default boolean isOpen() {
        return switch (this) {
            case Taking taking -> true;
            case Running running -> true;
            case Broken broken -> false;
            case Fenced fenced -> false;
            case Closed closed -> false;
        };
    }

    /** The partition is being taken; nothing is read yet. */
    record Taking() implements LaneState {}

    /**
     * The partition is ours.
     *
     * @param epoch what proves it
     * @param position how far it is applied
     * @param canTruncate whether the topic has no other partition
     * @param parked texts of the keys that are parked
     */
    record Running(long epoch, Position position, boolean canTruncate, Set<String> parked) implements LaneState {

        /** A batch was applied. */
        Running after(Sorted batch) {
            if (batch.parked().isEmpty()) {
                return new Running(epoch, batch.after(), canTruncate, parked);
            }
            Set<String> more = new HashSet<>(parked);
            more.addAll(batch.parked());
            return new Running(epoch, batch.after(), canTruncate, Set.copyOf(more));
        }
    }

    /** It can't go on without a person. */
    record Broken(String reason) implements LaneState {}

    /** Another replica took the partition. */
    record Fenced(long atNanos) implements LaneState {}

    /** The partition is no longer ours, or the pipeline ended. */
    record Closed() implements LaneState {}
}
