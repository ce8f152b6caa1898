package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Limits;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.cdc.verify.Surroundings;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.TableVerification;
import io.flywatch.cdc.verify.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A verification of two tables between which nothing is on its way. */
public final class Compared implements Surroundings {
    private final List<Mismatch> found = new ArrayList<>();

    private Compared() {}

    /** What differs. */
    public static List<Mismatch> of(SourceTable source, TargetTable target) {
        Compared world = new Compared();
        TableVerification verification =
                new TableVerification(source, target, new Limits(64, 100, 10, 1_000, 1), world);
        TableState state = TableState.of("t", "t").begun(null, List.of());
        while (!state.isDone()) {
            state = verification.step(state);
        }
        return world.found;
    }

    @Override
    public void awaitLikelyApplied(Moment committed) {}

    @Override
    public Optional<String> awaitApplied(Moment committed) {
        return Optional.empty();
    }

    @Override
    public Set<RowKey> repair(List<RowKey> keys) {
        return Set.of();
    }

    @Override
    public void found(List<Mismatch> mismatches) {
        found.addAll(mismatches);
    }
}
