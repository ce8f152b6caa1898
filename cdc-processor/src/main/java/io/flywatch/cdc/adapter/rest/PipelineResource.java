package io.flywatch.cdc.adapter.rest;

import io.flywatch.cdc.LagSampler;
import io.flywatch.cdc.PipelineStatus;
import io.flywatch.kit.access.Roles;
import io.flywatch.kit.problem.Problem;
import io.flywatch.kit.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The pipelines at work here. */
@Path("/api/v1/pipelines")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pipelines", description = "What is applied to targets, and how far behind it is")
public final class PipelineResource {
    private final LagSampler sampler;

    PipelineResource(LagSampler sampler) {
        this.sampler = sampler;
    }

    /** All pipelines. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Lists the declared pipelines with their states")
    public List<PipelineView> list() {
        return sampler.statuses().stream().map(PipelineView::of).toList();
    }

    /** One pipeline. */
    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Tells one pipeline's state")
    @APIResponse(responseCode = "404", description = "There is no such pipeline")
    public PipelineView get(@PathParam("id") String id) {
        return PipelineView.of(find(id));
    }

    /** Where the time goes. */
    @GET
    @Path("{id}/lag")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Tells how far a pipeline is behind, and which stage and which table cost how much")
    @APIResponse(responseCode = "404", description = "There is no such pipeline")
    public LagView lag(@PathParam("id") String id) {
        return LagView.of(find(id));
    }

    /** Where the time goes, for a terminal. */
    @GET
    @Path("{id}/lag")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Draws how far a pipeline is behind", hidden = true)
    public String picture(@PathParam("id") String id) {
        return LagPicture.of(LagView.of(find(id)));
    }

    private PipelineStatus find(String id) {
        return sampler.status(id).orElseThrow(() -> new ProblemException(unknown(id)));
    }

    private Problem unknown(String id) {
        String known = sampler.statuses().stream()
                .map(status -> status.declared().migrationId())
                .collect(Collectors.joining(", "));
        return Problem.of(
                404,
                "Unknown pipeline",
                "There is no pipeline '" + id + "'. "
                        + (known.isEmpty() ? "None is declared." : "Declared are: " + known + "."),
                "Start a run of the replication migration at the runner: it declares the pipeline.");
    }
}
