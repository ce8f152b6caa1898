package io.flywatch.cdc.adapter.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.flywatch.kit.problem.Strict;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be repaired. */
@Schema(description = "Which tables are to be repaired")
@Strict
record RepairRequest(
        @Schema(description = "schema.table at the source; all in which the verification found something if left out")
        @JsonSetter(contentNulls = Nulls.FAIL)
        @Nullable
        List<String> tables) {}
