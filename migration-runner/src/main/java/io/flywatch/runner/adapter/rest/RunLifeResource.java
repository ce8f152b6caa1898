package io.flywatch.runner.adapter.rest;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Gates;
import io.flywatch.runner.Runs;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.run.Demand;
import io.flywatch.runner.run.Ruling;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.RunFailure;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What may be demanded of a run. Each demand is kept before the answer is given, and outlives the runner. */
@Path("/api/v1/migrations/{id}/runs/{run}")
@Singleton
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "202", description = "Accepted, or so already; follow it at Location")
@APIResponse(responseCode = "404", description = "No such run")
@APIResponse(responseCode = "409", description = "Not possible where the run stands; the answer says what is")
public final class RunLifeResource {
    private final Runs runs;
    private final RunViews views;
    private final Triggers triggers;
    private final Gates gates;
    private final ToolReports tools;
    private final SecurityIdentity caller;

    RunLifeResource(
            Runs runs, RunViews views, Triggers triggers, Gates gates, ToolReports tools, SecurityIdentity caller) {
        this.runs = runs;
        this.views = views;
        this.triggers = triggers;
        this.gates = gates;
        this.tools = tools;
        this.caller = caller;
    }

    /** Lets a run stand still. */
    @POST
    @Path("/pause")
    @Operation(
            summary = "Pause a run",
            description =
                    "It stops after the batch at work and holds no lease, lock or connection while it stands still. A"
                            + " replication's connector is paused: the source keeps its log meanwhile, so mind its headroom. During its"
                            + " snapshot a replication can't be paused.")
    public Response pause(@PathParam("id") String id, @PathParam("run") String run) {
        return demand(views.find(id, run), Demand.PAUSE);
    }

    /** Lets a run go on after a pause. */
    @POST
    @Path("/resume")
    @Operation(summary = "Resume a paused run", description = "It goes on where it stood.")
    public Response resume(@PathParam("id") String id, @PathParam("run") String run) {
        return demand(views.find(id, run), Demand.RESUME);
    }

    /** Ends a run. */
    @POST
    @Path("/cancel")
    @Operation(
            summary = "Cancel a run",
            description =
                    "It stops after the batch at work. What it changed stays; see rollback. A replication's connector, slot,"
                            + " publication and pipeline are taken down; rows stay at the target.")
    public Response cancel(@PathParam("id") String id, @PathParam("run") String run) {
        return demand(views.find(id, run), Demand.CANCEL);
    }

    /** Lets a run that failed go on. */
    @POST
    @Path("/retry")
    @Operation(
            summary = "Retry a failed run from the step that failed",
            description = "It goes on with the migration's file as it is now. The failure is kept with the run.")
    @APIResponse(responseCode = "422", description = "It could not go on, e.g. as the file is wrong")
    @APIResponse(responseCode = "503", description = "The target does not answer")
    public Response retry(@PathParam("id") String id, @PathParam("run") String run) {
        Run found = views.find(id, run);
        refuse(runs.ask(found, Demand.RETRY));
        Declarations declarations = runs.declarations();
        Declarations.Declared declared = declarations.find(id).orElseThrow(() -> Problems.missing(id, declarations));
        try {
            refuse(runs.retry(found, declared, who()));
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
        return views.accepted(views.find(id, run));
    }

    /** Undoes what a run did. */
    @POST
    @Path("/rollback")
    @Operation(
            summary = "Roll a run back",
            description =
                    "Starts a run of its own that undoes, from the last step to the first, what this run applied. That run can"
                            + " be paused, retried and watched like any other; this run keeps its state and its failure.")
    @APIResponse(responseCode = "422", description = "A step does not say how it is undone")
    public Response rollback(
            @PathParam("id") String id,
            @PathParam("run") String run,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        Triggers.checkKey(key);
        Run found = views.find(id, run);
        refuse(runs.ask(found, Demand.ROLLBACK));
        try {
            return triggers.response(id, runs.undo(found, key));
        } catch (RunFailure e) {
            throw Problems.impossible(e);
        }
    }

    /** Ends a replication with success, or an external run as its tool says. */
    @POST
    @Path("/finish")
    @Operation(
            summary = "Finish a replication or an external run",
            description =
                    "A replication: refused, with the reasons, unless the snapshot is complete and no change waits to be"
                            + " applied. An external run: its tool says how it ended, in the body.")
    @APIResponse(responseCode = "400", description = "An external run's end does not say how it ended")
    public Response finish(
            @PathParam("id") String id,
            @PathParam("run") String run,
            @Parameter(description = "Finish in spite of the reasons; admins only")
                    @QueryParam("force")
                    @DefaultValue("false")
                    boolean force,
            @RequestBody(
                            description = "Of an external run only",
                            required = false,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ToolReports.EndBody.class)))
                    String body) {
        Run found = views.find(id, run);
        if (found.kind() == MigrationKind.EXTERNAL) {
            tools.end(found, body);
            return views.accepted(views.find(id, run));
        }
        if (force && !caller.hasRole(Roles.ADMIN)) {
            throw Problems.forbidden("To finish in spite of the reasons");
        }
        refuse(runs.ask(found, Demand.FINISH));
        List<String> reasons = force ? List.of() : gates.notFinished(found);
        if (!reasons.isEmpty()) {
            throw Problems.notFinished(found, reasons);
        }
        return demand(found, Demand.FINISH);
    }

    private Response demand(Run run, Demand demand) {
        refuse(runs.demand(run, demand, who()));
        return views.accepted(views.find(run.migrationId(), run.id()));
    }

    private static void refuse(Ruling ruling) {
        if (ruling instanceof Ruling.Refused refused) {
            throw Problems.refused(refused);
        }
    }

    private String who() {
        String name = caller.getPrincipal().getName();
        return name == null || name.isBlank() ? "somebody" : name;
    }
}
