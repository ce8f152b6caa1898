package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.VerificationStore.FoundMismatch;
import io.flywatch.cdc.verify.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some of the rows that differ. */
@Schema(description = "Rows that are proved to differ")
record MismatchPage(
        List<Row> mismatches,

        @Schema(description = "Give it as after to get the next page; null after the last one") @Nullable
        String next) {

    /** One row. */
    @Schema(description = "A row that is proved to differ")
    record Row(
            String table,

            @Schema(description = "The key's columns, in the key's order, as the source writes them")
            List<String> key,

            Kind kind,

            @Schema(description = "The columns that differ, by their names at the target")
            List<String> columns,

            Instant foundAt) {}

    static MismatchPage of(List<FoundMismatch> found, int most) {
        return new MismatchPage(
                found.stream()
                        .map(it -> new Row(
                                it.table(),
                                it.mismatch().key().parts(),
                                it.mismatch().kind(),
                                it.mismatch().columns(),
                                it.at()))
                        .toList(),
                found.size() < most ? null : encoded(found.getLast().cursor()));
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor in a page's {@code next}. */
    static String decoded(String next) {
        return new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
    }
}
