package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.flywatch.kit.problem.Strict;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be read anew. */
@Strict
@Schema(name = "SnapshotRequest", description = "The tables that are to be read anew; everything may be left out")
record ResnapshotRequest(
        @Schema(
                description = "schema.table at the source; all tables of the run if left out",
                examples = "[\"public.orders\"]")
        @JsonSetter(contentNulls = Nulls.FAIL)
        @Nullable
        List<String> tables,

        @Schema(
                description =
                        "Which rows of a table: SQL that may stand behind where, by table; all rows if left out. Needs the role admin",
                examples = "{\"public.orders\": \"placed_at > '2026-11-01'\"}")
        @JsonSetter(contentNulls = Nulls.FAIL)
        @Nullable
        Map<String, String> conditions) {

    static final ResnapshotRequest OF_ALL = new ResnapshotRequest(null, null);
}
