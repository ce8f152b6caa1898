package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Runs;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.run.DryRun;
import io.flywatch.runner.run.RunFailure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a run would do. */
@Path("/api/v1/migrations/{id}/dry-run")
@Singleton
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "runs")
public final class DryRunResource {
    private final Runs runs;

    DryRunResource(Runs runs) {
        this.runs = runs;
    }

    /** Finds it out. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What a run would do now",
            description =
                    "Changes nothing. Says of each step what would be done, how many documents its filter finds, which index"
                            + " serves the filter, and warns of scans of a whole collection.")
    @APIResponse(
            responseCode = "200",
            description = "What would be done; refusals say why a run could not begin",
            content = @Content(schema = @Schema(implementation = DryRun.class)))
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "422", description = "The file is wrong, or this kind has no dry run")
    @APIResponse(responseCode = "503", description = "The target does not answer")
    public DryRun dryRun(@PathParam("id") String id) {
        Declarations declarations = runs.declarations();
        try {
            return runs.dryRun(declarations.find(id).orElseThrow(() -> Problems.missing(id, declarations)));
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
    }

    /** The same for a terminal. */
    @POST
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String dryRunText(@PathParam("id") String id) {
        return Texts.dryRun(id, dryRun(id));
    }
}
