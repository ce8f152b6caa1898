package io.flywatch.runner.adapter.rest;

import io.flywatch.kit.access.Roles;
import io.flywatch.runner.run.Run;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the tool of an external run reports how far it is. */
@Path("/api/v1/migrations/{id}/runs/{run}/progress")
@Singleton
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public final class ToolReportsResource {
    private final RunViews views;
    private final ToolReports reports;

    ToolReportsResource(RunViews views, ToolReports reports) {
        this.views = views;
        this.reports = reports;
    }

    /** Takes a report. */
    @POST
    @Operation(
            summary = "Report the progress of an external run",
            description =
                    "Counts are totals since the run began, so a report may be sent twice. A table that is not named stays as it was.")
    @APIResponse(
            responseCode = "200",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "400", description = "The report is malformed")
    @APIResponse(responseCode = "404", description = "No such run")
    @APIResponse(
            responseCode = "409",
            description =
                    "The run has ended or is not external, or a count went back and the report does not say restarted")
    public RunView report(
            @PathParam("id") String id,
            @PathParam("run") String run,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ToolReports.ReportBody.class)))
                    String body) {
        Run found = views.find(id, run);
        reports.report(found, body);
        return views.view(views.find(id, run));
    }
}
