package io.flywatch.cdc.adapter.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.flywatch.kit.problem.Strict;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked for. */
@Schema(description = "What is to be verified, and how; everything may be left out")
@Strict
record VerificationRequest(
        @Schema(description = "schema.table at the source; all tables of the pipeline if left out")
        @JsonSetter(contentNulls = Nulls.FAIL)
        @Nullable
        List<String> tables,

        @Schema(description = "Rows of a chunk, 1 to 50000", defaultValue = "5000") @Nullable
        Integer chunkSize,

        @Schema(description = "The most rows that are read at the source in a second") @Nullable
        Integer maxRowsPerSecond,

        @Schema(description = "The share of the chunks that are compared, above 0 and up to 1", defaultValue = "1")
        @Nullable
        Double sample,

        @Schema(description = "Only rows whose changes arrived since then") @Nullable
        Instant changedSince) {

    static final VerificationRequest OF_ALL = new VerificationRequest(null, null, null, null, null);
}
