package io.flywatch.cdc.adapter.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be repaired. */
@Schema(description = "Which tables are to be repaired")
record RepairRequest(
        @Schema(description = "schema.table at the source; all in which the verification found something if left out")
        @Nullable
        List<String> tables) {}
