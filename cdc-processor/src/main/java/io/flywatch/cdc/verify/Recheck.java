package io.flywatch.cdc.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What another look at a suspect shows. */
public sealed interface Recheck {

    /** The target has what the source has, or had when we looked first. */
    record Equal() implements Recheck {}

    /** It is proved to differ. */
    record Differs(Mismatch mismatch) implements Recheck {}

    /** It differs, but a change that came and went between our looks would look the same. */
    record Likely(Mismatch mismatch) implements Recheck {}

    /** It differs, and whether the pipeline had got there could not be found out. */
    record Unproved() implements Recheck {}

    /** The source changed it meanwhile: nothing can be said. */
    record Changing() implements Recheck {}

    /** Whether this holds only if the pipeline had applied everything that was committed before the first look. */
    default boolean needsProof() {
        return switch (this) {
            case Differs differs -> true;
            case Likely likely -> true;
            case Equal equal -> false;
            case Changing changing -> false;
            case Unproved unproved -> false;
        };
    }

    /**
     * Judges a row by three looks. The first one at the source; the one at the target after the pipeline has applied all that was
     * committed before the first look ended; the last one at the source. If the row was the same at the source from the first to the
     * last look, no change of it can have been on its way when the target was read, so the target must have it.
     *
     * @param before the row at the source; null if there is none
     * @param target the row at the target
     * @param after the row at the source again
     */
    static Recheck judge(RowKey key, @Nullable RowImage before, @Nullable RowImage target, @Nullable RowImage after) {
        if (agree(before, target) || agree(after, target)) {
            return new Equal();
        }
        if (before == null && after == null) {
            return new Likely(mismatch(key, null, target));
        }
        if (before == null || after == null) {
            return new Changing();
        }
        if (!before.isStill(after)) {
            return new Changing();
        }
        Mismatch mismatch = mismatch(key, before, target);
        return before.version() == null ? new Likely(mismatch) : new Differs(mismatch);
    }

    private static boolean agree(@Nullable RowImage source, @Nullable RowImage target) {
        if (source == null) {
            return target == null;
        }
        return target != null && source.differences(target).isEmpty();
    }

    /** How the two differ, which they do. */
    static Mismatch mismatch(RowKey key, @Nullable RowImage source, @Nullable RowImage target) {
        if (source == null) {
            return new Mismatch(key, Kind.EXTRA, List.of());
        }
        return target == null
                ? new Mismatch(key, Kind.MISSING, List.of())
                : new Mismatch(key, Kind.DIFFERENT, source.differences(target));
    }
}
