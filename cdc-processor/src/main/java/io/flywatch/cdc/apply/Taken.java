package io.flywatch.cdc.apply;

import io.flywatch.cdc.position.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of taking a partition. */
public sealed interface Taken {

    /**
     * It is ours, and every replica that held it before is locked out.
     *
     * @param epoch proves it
     * @param position how far it was applied; null if it never was
     * @param parked the keys that are parked, by their texts
     */
    record Ours(long epoch, @Nullable Position position, Map<String, Parking> parked) implements Taken {
        public Ours {
            parked = Map.copyOf(parked);
        }
    }

    /** The target can't be reached or can't work now. */
    record Away(String reason) implements Taken {}
}
