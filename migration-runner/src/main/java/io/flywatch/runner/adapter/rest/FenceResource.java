package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Fences;
import io.flywatch.runner.Runs;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The fence of a cutover. */
@Path("/api/v1/migrations/{id}/runs/{run}/fence")
@Singleton
@RolesAllowed(Roles.ADMIN)
@Tag(name = "gate")
public final class FenceResource {
    private final Fences fences;
    private final Runs runs;
    private final RunViews views;
    private final SecurityIdentity caller;

    FenceResource(Fences fences, Runs runs, RunViews views, SecurityIdentity caller) {
        this.fences = fences;
        this.runs = runs;
        this.views = views;
        this.caller = caller;
    }

    /** Sets it. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set the fence: the writers at the source have stopped",
            description =
                    "Writes a token at the source. From then on the gate waits until the target has everything that was"
                            + " committed before it, and asks for a verification that began after it. It does not stop the writers.")
    @APIResponse(responseCode = "200", description = "It is set; one that was set before is replaced")
    @APIResponse(responseCode = "409", description = "The run is no replication that streams changes")
    @APIResponse(responseCode = "503", description = "The source does not answer")
    public Fence set(@PathParam("id") String id, @PathParam("run") String run) {
        Run found = views.find(id, run);
        ReplicationMigration migration = runs.streaming(found).orElseThrow(() -> Problems.notStreaming(found));
        try {
            return fences.set(found, migration, caller.getPrincipal().getName());
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
    }

    /** Takes it away. */
    @DELETE
    @Operation(summary = "Take the fence away: the source is written to again")
    @APIResponse(responseCode = "204", description = "There is none now")
    public void lift(@PathParam("id") String id, @PathParam("run") String run) {
        fences.lift(views.find(id, run));
    }
}
