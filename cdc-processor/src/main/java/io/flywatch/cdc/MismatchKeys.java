package io.flywatch.cdc;

import io.flywatch.cdc.VerificationStore.FoundMismatch;
import io.flywatch.cdc.verify.KeyFeed;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.Mismatch;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of the rows of a table that an earlier verification found to differ. */
final class MismatchKeys implements KeyFeed {
    private final VerificationStore store;
    private final String verification;
    private final String table;

    MismatchKeys(VerificationStore store, String verification, String table) {
        this.store = store;
        this.verification = verification;
        this.table = table;
    }

    @Override
    public KeyPage next(@Nullable String place, int most) {
        List<FoundMismatch> page = store.mismatches(verification, table, null, place, most);
        var kinds = page.stream()
                .map(FoundMismatch::mismatch)
                .collect(Collectors.partitioningBy(
                        Mismatch::isForeign, Collectors.mapping(Mismatch::key, Collectors.toList())));
        return new KeyPage(
                kinds.getOrDefault(false, List.of()),
                kinds.getOrDefault(true, List.of()),
                page.size() < most ? null : page.getLast().cursor());
    }
}
