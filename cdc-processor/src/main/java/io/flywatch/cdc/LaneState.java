package io.flywatch.cdc;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.position.Position;
import java.util.HashMap;
import java.util.Map;

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
     * @param parked the keys that are parked, by their texts
     */
    record Running(long epoch, Position position, boolean canTruncate, Map<String, Parking> parked)
            implements LaneState {

        /** A batch was applied. */
        Running after(Batch batch) {
            if (batch.parked().isEmpty() && batch.released().isEmpty()) {
                return new Running(epoch, batch.after(), canTruncate, parked);
            }
            Map<String, Parking> now = new HashMap<>(parked);
            now.keySet().removeAll(batch.released());
            now.putAll(batch.parked());
            return new Running(epoch, batch.after(), canTruncate, Map.copyOf(now));
        }
    }

    /** It can't go on without a person. */
    record Broken(String reason) implements LaneState {}

    /** Another replica took the partition. */
    record Fenced(long atNanos) implements LaneState {}

    /** The partition is no longer ours, or the pipeline ended. */
    record Closed() implements LaneState {}
}
