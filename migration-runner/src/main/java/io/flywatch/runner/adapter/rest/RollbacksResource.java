package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Runs;
import io.flywatch.runner.changeset.Version;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Undoes the newest change sets of a migration, whatever runs applied them. */
@Path("/api/v1/migrations/{id}/rollback")
@Singleton
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "runs")
public final class RollbacksResource {
    private final Runs runs;
    private final Triggers triggers;

    RollbacksResource(Runs runs, Triggers triggers) {
        this.runs = runs;
        this.triggers = triggers;
    }

    /** Starts a run that undoes them. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Roll a migration back to a version")
    @APIResponse(responseCode = "202", description = "A run that undoes them was started; see Location")
    @APIResponse(responseCode = "400", description = "No version, or not one")
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "409", description = "A run of the migration is active")
    @APIResponse(responseCode = "422", description = "A step does not say how it is undone")
    public Response rollback(
            @PathParam("id") String id,
            @Parameter(description = "The version that stays applied; 0 rolls back everything", example = "1.2")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        Triggers.checkKey(key);
        if (after == null || !Version.isValid(after)) {
            throw Problems.badParameter(
                    "after", String.valueOf(after), "Name the version that stays applied, or 0 for none of them.");
        }
        return triggers.response(id, runs.undo(id, after, key));
    }
}
