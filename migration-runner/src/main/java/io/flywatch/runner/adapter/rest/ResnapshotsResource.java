package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Resnapshots;
import io.flywatch.runner.Resnapshots.Asked;
import io.flywatch.runner.Runs;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** New snapshots of tables of a replication while it streams. */
@Path("/api/v1/migrations/{id}/runs/{run}/snapshots")
@Singleton
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "snapshots", description = "Read tables of a replication anew while their changes stream.")
@APIResponse(responseCode = "404", description = "No such run or snapshot")
public final class ResnapshotsResource {
    private final Resnapshots snapshots;
    private final Runs runs;
    private final RunViews views;
    private final SecurityIdentity caller;

    ResnapshotsResource(Resnapshots snapshots, Runs runs, RunViews views, SecurityIdentity caller) {
        this.snapshots = snapshots;
        this.runs = runs;
        this.views = views;
        this.caller = caller;
    }

    /** Asks for one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read tables anew while their changes stream",
            description =
                    "The connector reads the tables in chunks between the changes that it streams, and drops of each chunk what"
                            + " changed while it was read, so that no row goes back in time. Rows that only the target has stay: a"
                            + " verification finds them. One snapshot of a run is read at a time. It is kept before the answer is given,"
                            + " and outlives runner and connector.")
    @APIResponse(
            responseCode = "202",
            description = "Kept; follow it at Location",
            content = @Content(schema = @Schema(implementation = ResnapshotView.class)))
    @APIResponse(responseCode = "403", description = "A condition is given by somebody who is no admin")
    @APIResponse(
            responseCode = "409",
            description = "The run streams nothing now, its connector can't be signalled, or a snapshot is under way")
    @APIResponse(responseCode = "422", description = "A table is not of the run, or a condition is wrong")
    @APIResponse(responseCode = "503", description = "The source does not answer")
    public Response ask(@PathParam("id") String id, @PathParam("run") String run, @Nullable ResnapshotRequest request) {
        Run found = views.find(id, run);
        ReplicationMigration migration =
                runs.streaming(found).orElseThrow(() -> ResnapshotProblems.notStreaming(found));
        ResnapshotRequest wanted = request == null ? ResnapshotRequest.OF_ALL : request;
        Map<String, String> conditions = wanted.conditions() == null ? Map.of() : wanted.conditions();
        if (!conditions.isEmpty() && !caller.hasRole(Roles.ADMIN)) {
            throw Problems.forbidden("SQL of one's own to choose rows by");
        }
        List<String> tables = wanted.tables() == null ? List.of() : wanted.tables();
        try {
            return answer(
                    found,
                    snapshots.ask(
                            found,
                            migration,
                            tables,
                            conditions,
                            caller.getPrincipal().getName()));
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
    }

    private Response answer(Run run, Asked asked) {
        return switch (asked) {
            case Asked.Kept it -> accepted(run, it.snapshot());
            case Asked.UnderWay it -> throw ResnapshotProblems.underWay(run, it.other());
            case Asked.Unsignalled it -> throw ResnapshotProblems.unsignalled(run, it.why());
            case Asked.Malformed it -> throw ResnapshotProblems.malformed(it.why());
        };
    }

    /** Those of a run. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The snapshots that were asked for in a run, the newest first")
    public List<ResnapshotView> list(@PathParam("id") String id, @PathParam("run") String run) {
        Run found = views.find(id, run);
        return snapshots.of(found).stream().map(it -> view(found, it)).toList();
    }

    /** One of them. */
    @GET
    @Path("/{snapshot}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "How far a snapshot is, table by table")
    public ResnapshotView one(
            @PathParam("id") String id, @PathParam("run") String run, @PathParam("snapshot") String snapshot) {
        Run found = views.find(id, run);
        return view(found, find(found, snapshot));
    }

    /** Lets one stand still. */
    @POST
    @Path("/{snapshot}/pause")
    @Operation(
            summary = "Pause a snapshot",
            description = "The chunk at work is read to its end. Changes go on streaming.")
    @APIResponse(responseCode = "202", description = "Kept; follow it at Location")
    @APIResponse(responseCode = "409", description = "It has ended")
    public Response pause(
            @PathParam("id") String id, @PathParam("run") String run, @PathParam("snapshot") String snapshot) {
        return wish(id, run, snapshot, Resnapshot.Wish.PAUSE);
    }

    /** Lets one go on. */
    @POST
    @Path("/{snapshot}/resume")
    @Operation(summary = "Resume a paused snapshot", description = "It goes on with the next chunk.")
    @APIResponse(responseCode = "202", description = "Kept; follow it at Location")
    @APIResponse(responseCode = "409", description = "It has ended")
    public Response resume(
            @PathParam("id") String id, @PathParam("run") String run, @PathParam("snapshot") String snapshot) {
        return wish(id, run, snapshot, Resnapshot.Wish.READ);
    }

    /** Ends one. */
    @POST
    @Path("/{snapshot}/stop")
    @Operation(
            summary = "Stop a snapshot",
            description = "The chunk at work is read to its end, and no other. What was read is applied.")
    @APIResponse(responseCode = "202", description = "Kept; follow it at Location")
    @APIResponse(responseCode = "409", description = "It has ended")
    public Response stop(
            @PathParam("id") String id, @PathParam("run") String run, @PathParam("snapshot") String snapshot) {
        return wish(id, run, snapshot, Resnapshot.Wish.STOP);
    }

    private Response wish(String id, String runId, String snapshotId, Resnapshot.Wish wish) {
        Run run = views.find(id, runId);
        Resnapshot snapshot = find(run, snapshotId);
        if (!run.isActive() || !snapshots.wish(snapshot, wish)) {
            throw ResnapshotProblems.ended(snapshot);
        }
        return accepted(run, find(run, snapshotId));
    }

    private Resnapshot find(Run run, String id) {
        return snapshots.find(run, id).orElseThrow(() -> ResnapshotProblems.unknown(run, id));
    }

    private Response accepted(Run run, Resnapshot snapshot) {
        URI location = URI.create(
                "/api/v1/migrations/" + run.migrationId() + "/runs/" + run.id() + "/snapshots/" + snapshot.id());
        return Response.accepted(view(run, snapshot)).location(location).build();
    }

    private ResnapshotView view(Run run, Resnapshot snapshot) {
        return ResnapshotView.of(run, snapshot, snapshots.told(snapshot), snapshots.applied(run, snapshot));
    }
}
