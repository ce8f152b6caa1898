package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Runs;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.run.Run;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of one migration. */
@Path("/api/v1/migrations/{id}/runs")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs", description = "Start runs, follow them, stop them, let them go on.")
public final class RunsResource {
    private final Runs runs;
    private final RunStore store;
    private final RunViews views;
    private final Triggers triggers;
    private final DryRunResource dry;

    RunsResource(Runs runs, RunStore store, RunViews views, Triggers triggers, DryRunResource dry) {
        this.runs = runs;
        this.store = store;
        this.views = views;
        this.triggers = triggers;
        this.dry = dry;
    }

    /** Starts a run. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a run",
            description = "What can be checked is checked first; if it can't begin, nothing is changed.")
    @APIResponse(
            responseCode = "202",
            description = "Started, or started before with the same Idempotency-Key; see Location",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "409", description = "A run of the migration is active")
    @APIResponse(responseCode = "422", description = "The declaration is wrong, or source or target are not ready")
    @APIResponse(responseCode = "503", description = "Source, target, Kafka or Kafka Connect does not answer")
    public Response start(
            @PathParam("id") String id,
            @Parameter(
                            description =
                                    "A repeated request with the same key returns the same run, also after its end; keys of different migrations have nothing to do with each other",
                            example = "deploy-2026-11-22")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String key,
            @Parameter(description = "Answers what would be done, as POST …/dry-run does, and starts nothing")
                    @QueryParam("dryRun")
                    @DefaultValue("false")
                    boolean dryRun) {
        if (dryRun) {
            return Response.ok(dry.dryRun(id)).build();
        }
        Triggers.checkKey(key);
        return triggers.response(id, runs.start(id, key));
    }

    /** The migration's runs. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The migration's latest runs, the newest first")
    public List<RunView> list(@PathParam("id") String id) {
        List<Run> all = store.list(id);
        Declarations declarations = runs.declarations();
        if (all.isEmpty() && declarations.find(id).isEmpty()) {
            throw Problems.missing(id, declarations);
        }
        return all.stream().map(RunView::of).toList();
    }

    /** The migration's runs, for a terminal. */
    @GET
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String listText(@PathParam("id") String id) {
        return Texts.runs(list(id));
    }

    /** One run. */
    @GET
    @Path("/{run}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One run with its steps and the latest progress sample")
    @APIResponse(
            responseCode = "200",
            description = "The run",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", description = "No such run")
    public RunView get(@PathParam("id") String id, @PathParam("run") String run) {
        return views.view(views.find(id, run));
    }

    /** One run, for a terminal. */
    @GET
    @Path("/{run}")
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String getText(@PathParam("id") String id, @PathParam("run") String run) {
        return Texts.run(get(id, run));
    }
}
