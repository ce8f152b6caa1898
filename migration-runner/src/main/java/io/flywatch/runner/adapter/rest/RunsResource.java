package io.flywatch.runner.adapter.rest;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.kit.access.Roles;
import io.flywatch.runner.Gates;
import io.flywatch.runner.Runs;
import io.flywatch.runner.Samples;
import io.flywatch.runner.adapter.orm.RunStore;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.run.Run;
import io.flywatch.runner.run.Wish;
import io.quarkus.security.identity.SecurityIdentity;
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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of one migration. */
@Path("/api/v1/migrations/{id}/runs")
@Singleton
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs", description = "Start runs, follow them, end them.")
public final class RunsResource {
    private static final int LONGEST_KEY = 255;

    private final Runs runs;
    private final RunStore store;
    private final Samples samples;
    private final Gates gates;
    private final SecurityIdentity caller;

    RunsResource(Runs runs, RunStore store, Samples samples, Gates gates, SecurityIdentity caller) {
        this.runs = runs;
        this.store = store;
        this.samples = samples;
        this.gates = gates;
        this.caller = caller;
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
            description = "Started, or started before with the same Idempotency-Key; see Location")
    @APIResponse(responseCode = "404", description = "No such migration")
    @APIResponse(responseCode = "409", description = "A run of the migration is active")
    @APIResponse(responseCode = "422", description = "The declaration is wrong, or source or target are not ready")
    @APIResponse(responseCode = "503", description = "Source, target, Kafka or Kafka Connect does not answer")
    public Response start(
            @PathParam("id") String id,
            @Parameter(description = "A repeated request with the same key returns the same run")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw Problems.badParameter("Idempotency-Key", key, "Send 1 to 255 characters, or none.");
        }
        return switch (runs.start(id, key)) {
            case Runs.Answer.Started it -> accepted(it.run());
            case Runs.Answer.Repeated it -> accepted(it.run());
            case Runs.Answer.Busy it -> throw Problems.busy(it.run());
            case Runs.Answer.Unknown it -> throw Problems.unknown(id, it.declared());
            case Runs.Answer.Malformed it -> throw Problems.malformed(id, it.flaws());
            case Runs.Answer.Impossible it -> throw Problems.impossible(it.why());
        };
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
        return all.stream().map(it -> RunView.of(it, Optional.empty())).toList();
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
    public RunView get(@PathParam("id") String id, @PathParam("run") String run) {
        return view(find(id, run));
    }

    /** One run, for a terminal. */
    @GET
    @Path("/{run}")
    @Produces("text/plain;qs=0.5")
    @Operation(hidden = true)
    public String getText(@PathParam("id") String id, @PathParam("run") String run) {
        return Texts.run(view(find(id, run)));
    }

    /** Ends a run. */
    @POST
    @Path("/{run}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Cancel a run",
            description =
                    "A replication's connector, slot, publication and pipeline are taken down. Rows stay at the target.")
    @APIResponse(responseCode = "202", description = "It ends as soon as possible")
    @APIResponse(responseCode = "409", description = "It has ended")
    public Response cancel(@PathParam("id") String id, @PathParam("run") String run) {
        return ask(find(id, run), Wish.CANCEL);
    }

    /** Ends a replication with success. */
    @POST
    @Path("/{run}/finish")
    @RolesAllowed(Roles.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Finish a replication",
            description =
                    "Refused, with the reasons, unless the snapshot is complete and no change waits to be applied.")
    @APIResponse(responseCode = "202", description = "It ends as soon as possible")
    @APIResponse(responseCode = "409", description = "It has ended, is no replication, or is not to be finished yet")
    public Response finish(
            @PathParam("id") String id,
            @PathParam("run") String run,
            @Parameter(description = "Finish in spite of the reasons; admins only")
                    @QueryParam("force")
                    @DefaultValue("false")
                    boolean force) {
        Run found = find(id, run);
        if (force && !caller.hasRole(Roles.ADMIN)) {
            throw Problems.forbidden("To finish in spite of the reasons");
        }
        if (found.kind() != MigrationKind.REPLICATION) {
            throw Problems.onlyReplication(found);
        }
        List<String> reasons = force || !found.isActive() ? List.of() : gates.notFinished(found);
        if (!reasons.isEmpty()) {
            throw Problems.notFinished(found, reasons);
        }
        return ask(found, Wish.FINISH);
    }

    private Response ask(Run run, Wish wish) {
        if (!runs.ask(run, wish)) {
            throw Problems.ended(find(run.migrationId(), run.id()));
        }
        return accepted(find(run.migrationId(), run.id()));
    }

    private Run find(String id, String run) {
        return store.find(id, run).orElseThrow(() -> Problems.noRun(id, run));
    }

    private RunView view(Run run) {
        return RunView.of(run, samples.of(run.id()));
    }

    private Response accepted(Run run) {
        URI location = URI.create("/api/v1/migrations/" + run.migrationId() + "/runs/" + run.id());
        return Response.accepted(view(run)).location(location).build();
    }
}
